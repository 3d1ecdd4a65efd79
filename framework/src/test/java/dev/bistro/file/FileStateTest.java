package dev.bistro.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bistro.testing.MockRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateTest {
    @TempDir
    Path directory;

    @Test
    void hasTheTagOfTheFilesAnswers() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a");
        FileState state = FileState.of(file).orElseThrow();
        assertEquals(Files.getLastModifiedTime(file).toInstant(), state.lastModified());
        var answer = FileResponse.of(file).answer(MockRequest.get("/a.txt").build());
        assertEquals(answer.headers().first("ETag"), Optional.of(state.tag().toString()));
    }

    @Test
    void changesWhenAnotherFileTakesThePlace() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a");
        FileState before = FileState.of(file).orElseThrow();
        Files.move(
                Files.writeString(directory.resolve("b.txt"), "other"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertNotEquals(before.tag(), FileState.of(file).orElseThrow().tag());
    }

    @Test
    void isEmptyWhereThereIsNoFile() {
        assertEquals(Optional.empty(), FileState.of(directory.resolve("missing")));
        assertEquals(Optional.empty(), FileState.of(directory));
    }
}
