package dev.bistro.app;

import dev.bistro.Bistro;
import dev.bistro.Server;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Route;
import dev.bistro.body.FileUpload;
import java.io.IOException;

/** A process for {@link LargeUploadTest}: answers with the size of a file, and ends when its input does. */
final class LargeUploadServer {
    private LargeUploadServer() {}

    @Route("/")
    static final class Uploads {
        @Post("/size")
        long size(FileUpload file) {
            return file.size();
        }
    }

    public static void main(String[] args) throws IOException {
        try (Server server = Bistro.app(LargeUploadServer.class)
                .classes(Uploads.class)
                .port(0)
                .set("server.upload-directory", System.getProperty("uploads"))
                .set("server.max-form-size", "2GiB")
                .set("server.max-file-size", "2GiB")
                .start()) {
            System.out.println(server.port());
            while (System.in.read() >= 0) {
                // the test closes it when it is done
            }
        }
    }
}
