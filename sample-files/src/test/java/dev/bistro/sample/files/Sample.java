package dev.bistro.sample.files;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** The sample as its tests start it. */
final class Sample {
    static final String USER = "Ada";
    static final String PASSWORD = "open: sésame";

    /** What the user's requests have in the field {@code Authorization}. */
    static final String AUTHORIZATION = authorization(USER, PASSWORD);

    private Sample() {}

    static BistroBuilder readOnly(Path root) {
        return Bistro.app(FilesApplication.class)
                .port(0)
                .set("management.port", "0")
                .set("files.root", root.toString());
    }

    /** With all changes switched on. */
    static BistroBuilder writable(Path root) {
        return readOnly(root)
                .set("files.upload", "true")
                .set("files.delete", "true")
                .set("files.new-folder", "true")
                .set("files.user", USER)
                .set("files.password", PASSWORD);
    }

    static String authorization(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
