package dev.bistro.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.Method;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static String body(String response, Method method) throws IOException {
        var bytes = new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1));
        return new String(ResponseReader.read(bytes, method).body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsEachFraming() throws IOException {
        assertEquals("abc", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1", Method.GET));
        assertEquals(
                "abcde",
                body(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nHTTP",
                        Method.GET));
        assertEquals("to the end", body("HTTP/1.1 200 OK\r\n\r\nto the end", Method.GET));
        assertEquals("", body("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", Method.HEAD));
        assertEquals("", body("HTTP/1.1 204 No Content\r\n\r\nHTTP", Method.GET));
        assertEquals("", body("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n", Method.GET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\n\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
            })
    void refusesWhatIsNoResponse(String response) {
        assertThrows(IOException.class, () -> body(response, Method.GET));
    }
}
