package dev.bistro;

import dev.bistro.startup.Golden;
import dev.bistro.startup.Problems;
import org.junit.jupiter.api.Test;

/** What is said where a library is missing, which the tests have. */
class DataAssemblyTest {
    @Test
    void saysWhichLibrariesAreMissing() {
        var problems = new Problems();
        problems.add(DatabaseOpening.withoutPool());
        problems.add(DatabaseOpening.withoutPostgresql("database."));
        Golden.assertGolden("database-without-libraries", problems);
    }
}
