package dev.bistro.coding;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.BodyDecoder;
import dev.bistro.http.HttpException;
import dev.bistro.http.ServerRequest;
import dev.bistro.http.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Decodes requests' bodies when they are read: within a limit as a whole, since a few bytes can unpack to very many; piece by piece as a stream. */
final class RequestDecoding {
    private final int maxBodyBytes;

    RequestDecoding(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Has the request's body be read decoded; false if its coding isn't one that is read here. */
    boolean decode(ServerRequest request) {
        int index = request.headers().indexOf("Content-Encoding", 0);
        if (index < 0) {
            return true;
        }
        String value = request.headers().combined("Content-Encoding").orElse("");
        if (value.strip().equalsIgnoreCase("identity")) {
            return true;
        }
        Optional<Coding> coding = Coding.of(value);
        coding.ifPresent(known -> request.setBodyDecoder(new Decoder(known, maxBodyBytes)));
        return coding.isPresent();
    }

    private record Decoder(Coding coding, int max) implements BodyDecoder {
        @Override
        public byte[] decode(byte[] encoded) {
            if (encoded.length == 0) {
                return encoded;
            }
            try (InputStream decoded = coding.decode(new ByteArrayInputStream(encoded))) {
                byte[] bytes = decoded.readNBytes(max);
                if (bytes.length == max && decoded.read() >= 0) {
                    throw new HttpException(
                            Status.CONTENT_TOO_LARGE, "The body is longer than " + max + " bytes when it is decoded.");
                }
                return bytes;
            } catch (IOException notOfTheCoding) {
                throw new BadRequestException("The body is not valid " + coding.token() + ".");
            }
        }

        @Override
        public InputStream decode(InputStream encoded) {
            return new DecodedStream(coding, encoded);
        }
    }
}
