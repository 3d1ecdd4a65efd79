package dev.bistro.websocket.protocol;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.Headers;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Payload;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.http.Tokens;
import dev.bistro.http.spi.Execution;
import dev.bistro.http.spi.ServerRequest;
import dev.bistro.http.spi.Target.Traits;
import dev.bistro.http.spi.UpgradePayload;
import dev.bistro.net.ExecutionProfile;
import dev.bistro.websocket.protocol.DeflateNegotiation.Agreement;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The opening handshake of one endpoint: every check of a request that asks for a WebSocket but that of its
 * origin, which was made before for requests of all kinds; and the response that hands the connection over. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2">RFC 6455, section 4.2</a>
 */
public final class OpeningHandshake {
    private static final String VERSION = "13";
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_CHARS = 24;
    private static final int KEY_BYTES = 16;

    private final WebSocketSettings settings;
    private final List<String> subprotocols;
    private final Function<Object, byte[]> json;
    private final ExecutionProfile profile;

    /**
     * The handshake of an endpoint.
     *
     * @param subprotocols the subprotocols that the endpoint speaks
     * @param traits how its handlers are to be run
     * @param json encodes what sessions send as JSON
     */
    public OpeningHandshake(
            WebSocketSettings settings, List<String> subprotocols, Traits traits, Function<Object, byte[]> json) {
        this.settings = settings;
        this.subprotocols = List.copyOf(subprotocols);
        this.json = json;
        this.profile = traits.execution() == Execution.ADAPTIVE
                ? ExecutionProfile.adaptive(settings.loops())
                : ExecutionProfile.pinned(traits.name(), traits.execution() == Execution.BLOCKING, settings.loops());
    }

    /**
     * Accepts a request.
     *
     * @param handlers asked only if the request is valid; throws if the endpoint can't take the request after all
     * @throws HttpException 400 for a handshake that is wrong, 426 if the request
     *     doesn't ask for a WebSocket of version 13
     */
    public Response<Payload> accept(ServerRequest request, Supplier<SessionHandler.Factory> handlers) {
        checkUpgrade(request);
        checkVersion(request);
        String key = key(request);
        Optional<String> subprotocol = subprotocol(request);
        Optional<Agreement> offered = DeflateNegotiation.choose(
                request.headers().elements("Sec-WebSocket-Extensions"), settings.contextTakeover());
        Optional<Agreement> agreed = settings.compression() ? offered : Optional.empty();
        var accepted = new AcceptedHandshake(settings, request, subprotocol, agreed, json, handlers.get(), profile);
        Headers headers = Headers.of("Upgrade", "websocket", "Sec-WebSocket-Accept", answer(key));
        headers = subprotocol.isEmpty() ? headers : headers.plus("Sec-WebSocket-Protocol", subprotocol.get());
        headers = agreed.isEmpty()
                ? headers
                : headers.plus("Sec-WebSocket-Extensions", agreed.get().answer());
        return Response.of(Status.SWITCHING_PROTOCOLS, headers, new UpgradePayload(accepted));
    }

    private static void checkUpgrade(ServerRequest request) {
        if (!request.method().equals(Method.GET)
                || !request.isUpgradable()
                || !hasElement(request, "Upgrade", "websocket")) {
            throw upgradeRequired("Here is a WebSocket: ask for it with Upgrade: websocket over HTTP/1.1.");
        }
        if (!hasElement(request, "Connection", "Upgrade")) {
            throw new BadRequestException("Connection doesn't name Upgrade.");
        }
        if (request.headers().contains("Transfer-Encoding")
                || !request.header("Content-Length").orElse("0").equals("0")) {
            throw new BadRequestException("A request for a WebSocket has no body.");
        }
    }

    private static boolean hasElement(ServerRequest request, String header, String token) {
        return request.headers().elements(header).stream().anyMatch(token::equalsIgnoreCase);
    }

    private static HttpException upgradeRequired(String text) {
        return new HttpException(
                Status.UPGRADE_REQUIRED,
                text,
                Headers.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
                List.of());
    }

    private static void checkVersion(ServerRequest request) {
        if (!request.headers().all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
            throw upgradeRequired("The version of WebSocket that is spoken here is 13.");
        }
    }

    /** The only {@code Sec-WebSocket-Key}, which is 16 bytes in base64. */
    private static String key(ServerRequest request) {
        List<String> keys = request.headers().all("Sec-WebSocket-Key");
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            throw new BadRequestException("Sec-WebSocket-Key isn't 16 bytes in base64.");
        }
        return keys.get(0);
    }

    private static boolean isKey(String text) {
        try {
            return text.length() == KEY_CHARS && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** The first of the client's subprotocols that the endpoint speaks. */
    private Optional<String> subprotocol(ServerRequest request) {
        List<String> wanted = request.headers().elements("Sec-WebSocket-Protocol");
        if (!wanted.stream().allMatch(Tokens::isToken) || new HashSet<>(wanted).size() < wanted.size()) {
            throw new BadRequestException("Sec-WebSocket-Protocol isn't a list of different names.");
        }
        return wanted.stream().filter(subprotocols::contains).findFirst();
    }

    /** {@code answer("dGhlIHNhbXBsZSBub25jZQ==")} is {@code "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="} (RFC 6455, section 1.3). */
    static String answer(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Each Java has it", e);
        }
    }
}
