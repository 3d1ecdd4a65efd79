package dev.bistro.websocket.protocol;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses among the extensions that a client offers: the first permessage-deflate whose parameters we can meet.
 *
 * <pre>
 * extension-list = 1#extension
 * extension      = extension-token *( ";" extension-param )
 * extension-param = token [ "=" (token | quoted-string) ]
 * </pre>
 *
 * <p>{@code java.util.zip} has a window of 15 bits and no other. If an offer limits the server to a smaller one,
 * {@link Zlib} compresses pieces of that size on their own, without context takeover. An offer of 8 bits is declined,
 * since zlib, which most clients use, can't decompress it. A client's window may be smaller than ours: that needs
 * nothing on our side, so the answer doesn't mention it (RFC 7692, section 7.1.2.2).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-9.1">RFC 6455, section 9.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7692#section-7.1">RFC 7692, section 7.1</a>
 */
final class DeflateNegotiation {
    private static final String NAME = "permessage-deflate";
    private static final String SERVER_NO_CONTEXT = "server_no_context_takeover";
    private static final String CLIENT_NO_CONTEXT = "client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";
    private static final String CLIENT_WINDOW = "client_max_window_bits";
    private static final int SMALLEST_WINDOW = 9;

    /**
     * What was agreed on.
     *
     * @param serverNoContextTakeover whether each message of the server is compressed on its own
     * @param clientNoContextTakeover whether each message of the client is compressed on its own
     * @param serverWindowBits the server may refer back by 2 to the power of so many bytes
     * @param answer the value of the response's {@code Sec-WebSocket-Extensions}
     */
    record Agreement(
            boolean serverNoContextTakeover, boolean clientNoContextTakeover, int serverWindowBits, String answer) {}

    private DeflateNegotiation() {}

    /**
     * Chooses among offers.
     *
     * @param extensions the elements of the request's {@code Sec-WebSocket-Extensions}
     * @param takeover whether we allow context takeover, unless the client declines it
     * @throws BadRequestException if an extension doesn't match the grammar
     */
    static Optional<Agreement> choose(List<String> extensions, boolean takeover) {
        Optional<Agreement> chosen = Optional.empty();
        for (String extension : extensions) {
            List<String> parts = split(extension);
            Map<String, String> parameters = parameters(parts);
            boolean isOurs = parts.get(0).toLowerCase(Locale.ROOT).equals(NAME);
            if (chosen.isEmpty() && isOurs && parameters.size() == parts.size() - 1 && canMeet(parameters)) {
                chosen = Optional.of(agree(parameters, takeover));
            }
        }
        return chosen;
    }

    private static boolean canMeet(Map<String, String> parameters) {
        return parameters.entrySet().stream().allMatch(parameter -> switch (parameter.getKey()) {
            case SERVER_NO_CONTEXT, CLIENT_NO_CONTEXT -> parameter.getValue() == null;
            case SERVER_WINDOW -> parameter.getValue() != null && window(parameter.getValue()) >= SMALLEST_WINDOW;
            case CLIENT_WINDOW -> parameter.getValue() == null || window(parameter.getValue()) > 0;
            default -> false;
        });
    }

    /** A number from 8 to 15 without a leading zero; 0 for anything else. */
    private static int window(String value) {
        return value.matches("[89]|1[0-5]") ? Integer.parseInt(value) : 0;
    }

    private static Agreement agree(Map<String, String> parameters, boolean takeover) {
        String window = parameters.get(SERVER_WINDOW);
        int windowBits = window == null ? Zlib.MAX_WINDOW_BITS : window(window);
        boolean smaller = windowBits < Zlib.MAX_WINDOW_BITS;
        boolean serverNoContextTakeover = !takeover || smaller || parameters.containsKey(SERVER_NO_CONTEXT);
        boolean clientNoContextTakeover = !takeover || parameters.containsKey(CLIENT_NO_CONTEXT);
        String answer = NAME
                + (serverNoContextTakeover ? "; " + SERVER_NO_CONTEXT : "")
                + (clientNoContextTakeover ? "; " + CLIENT_NO_CONTEXT : "")
                + (window == null ? "" : "; " + SERVER_WINDOW + "=" + windowBits);
        return new Agreement(serverNoContextTakeover, clientNoContextTakeover, windowBits, answer);
    }

    /** The parameters after the name; null is the value of one without. A parameter that is repeated counts once. */
    private static Map<String, String> parameters(List<String> parts) {
        requireToken(parts.get(0));
        var parameters = new HashMap<String, String>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals).strip();
            requireToken(name);
            String value =
                    equals < 0 ? null : unquoted(part.substring(equals + 1).strip());
            if (value != null) {
                requireToken(value); // a quoted value must be a token too, once it is unquoted
            }
            parameters.put(name.toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    private static void requireToken(String text) {
        if (!Tokens.isToken(text)) {
            throw new BadRequestException("Sec-WebSocket-Extensions isn't a list of extensions.");
        }
    }

    /** Splits at semicolons. A quoted value has none, since it must be a token. */
    private static List<String> split(String extension) {
        var parts = new ArrayList<String>();
        for (String part : extension.split(";", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }
}
