package dev.bistro.app;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.StaticFiles;
import dev.bistro.annotation.WebSocket;
import dev.bistro.feed.Feed;
import dev.bistro.file.FileResponse;
import dev.bistro.http.Request;
import dev.bistro.tls.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** An application with every kind of answer, for tests with real clients over HTTPS. */
@StaticFiles(path = "/static", from = TlsApplication.FOLDER)
final class TlsApplication {
    static final String FOLDER = "target/tls-files";
    static final int FILE_BYTES = 5_000_000;

    @Route("/")
    static final class Shop {
        private final Feed<String> news = Feed.create();

        @Get
        String greet() {
            return "hello";
        }

        @Get("/who")
        String who(Request request, Optional<X509Certificate> certificate) {
            return request.scheme() + " " + request.tls().orElseThrow().protocol() + " "
                    + certificate
                            .map(shown -> shown.getSubjectX500Principal().getName())
                            .orElse("nobody");
        }

        @Post("/echo")
        String echo(@Body String text) {
            return text;
        }

        @Put("/upload")
        long upload(InputStream body) throws IOException {
            return body.transferTo(OutputStream.nullOutputStream());
        }

        @Get("/file")
        FileResponse file() {
            return FileResponse.of(largeFile());
        }

        /** HTTP/1.0 can tell its end by the end of the connection alone. */
        @Get("/stream")
        Iterator<byte[]> stream() {
            return Stream.generate(() -> new byte[100_000]).limit(20).iterator();
        }

        @Get("/news")
        Feed<String> news() {
            return news;
        }

        @Post("/news")
        void publish(@Body String item) {
            news.publish(item);
        }
    }

    @WebSocket("/ws")
    static final class Echo {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    private TlsApplication() {}

    /** On a free port of this machine, with this certificate. */
    static BistroBuilder with(TestCertificate certificate) {
        return plain().set("server.tls.certificate", certificate.file().toString())
                .set("server.tls.key", certificate.key().toString());
    }

    /** On a free port of this machine, without a certificate. */
    static BistroBuilder plain() {
        largeFile();
        return Bistro.app(TlsApplication.class)
                .classes(Shop.class, Echo.class)
                .set("server.host", "127.0.0.1")
                .port(0);
    }

    /** A file of bytes that can't be compressed, which the folder of static files has. */
    static synchronized Path largeFile() {
        try {
            Path file = Files.createDirectories(Path.of(FOLDER)).resolve("large.bin");
            if (!Files.exists(file) || Files.size(file) != FILE_BYTES) {
                var bytes = new byte[FILE_BYTES];
                new Random(1).nextBytes(bytes);
                Files.write(file, bytes);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
