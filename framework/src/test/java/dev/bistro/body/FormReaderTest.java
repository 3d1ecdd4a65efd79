package dev.bistro.body;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.HttpException;
import dev.bistro.http.MediaType;
import dev.bistro.http.UnsupportedMediaTypeException;
import dev.bistro.testing.MockRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormReaderTest {
    @TempDir
    Path directory;

    private FormLimits limits() {
        return new FormLimits(5, 10, 200, 100, 1_000, 2_000, 50, directory);
    }

    private Form read(String contentType, String body) {
        return new FormReader(limits(), FormReader.MEDIA_TYPES)
                .read(MockRequest.post("/").text(contentType, body).build());
    }

    private Form multipart(String... parts) {
        return read(
                "multipart/form-data; boundary=\"b\"", "--b\r\n" + String.join("\r\n--b\r\n", parts) + "\r\n--b--\r\n");
    }

    private static String field(String name, String text) {
        return "Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text;
    }

    private static String file(String name, String fileName, String content) {
        return "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content;
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static String content(FileUpload file) throws IOException {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void readsFieldsOfUrlencodedForms() {
        Form form = read("application/x-www-form-urlencoded", "a=1&b=x+y%C3%A9&a=2&c&=d");
        assertEquals(
                Map.of("a", List.of("1", "2"), "b", List.of("x yé"), "c", List.of(""), "", List.of("d")),
                form.fields());
        assertEquals(Optional.of("1"), form.field("a"));
        assertEquals(List.of(), form.fields("z"));
        assertEquals(Map.of(), form.files());
    }

    @Test
    void readsFieldsAndFilesOfMultipartForms() throws IOException {
        Form form =
                multipart(field("a", "1"), file("f", "one.txt", "Grüezi"), field("a", "2"), file("f", "two.txt", ""));
        assertEquals(Map.of("a", List.of("1", "2")), form.fields());
        assertEquals(2, form.files("f").size());
        FileUpload first = form.file("f").orElseThrow();
        assertEquals("f", first.fieldName());
        assertEquals(Optional.of("one.txt"), first.fileName());
        assertEquals(Optional.of(MediaType.of("text", "plain")), first.mediaType());
        assertEquals(7, first.size());
        assertEquals("Grüezi", content(first));
        assertEquals("", content(form.files("f").get(1)));
    }

    @Test
    void aFileInputWithoutAFileIsNone() {
        assertEquals(Map.of(), multipart(file("f", "", "")).files());
        assertEquals(1, multipart(file("f", "", "content")).files("f").size());
    }

    @Test
    void contentThatIsNotTextIsAFileWithoutAName() {
        Form form = multipart("Content-Disposition: form-data; name=f\r\nContent-Type: image/png\r\n\r\n\u0000");
        assertEquals(Optional.empty(), form.file("f").orElseThrow().fileName());
    }

    @Test
    void readsTextInItsCharset() {
        Form form = multipart(
                "Content-Type: text/plain; charset=us-ascii\r\ncontent-disposition: FORM-DATA ; NAME=a\r\n\r\nabc");
        assertEquals(Optional.of("abc"), form.field("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=\"a\"                          | a",
                "form-data;name=a                               | a",
                "form-data; name=\"a\\\"b\"                     | a\"b",
                "form-data; name=\"a%22b\"                      | a\"b",
                "form-data; name=\"a\\b\"                       | a\\b",
                "form-data; name=\"a\\\"                        | a\\",
                "form-data; name=\"100%25\"                     | 100%25",
                "form-data; name=\"größe\"                      | größe",
                "form-data; name=\"a;b\"; x=\"y\"               | a;b",
                "form-data; name=\"\"                           | ``"
            })
    void readsNamesAsBrowsersAndOthersWriteThem(String disposition, String name) {
        Form form = multipart("Content-Disposition: " + disposition + "\r\n\r\nx");
        assertEquals(List.of(name), List.copyOf(form.fields().keySet()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"photo.jpg\"                          | photo.jpg",
                "filename=\"../../etc/passwd\"                   | passwd",
                "filename=\"C:\\docs\\a.txt\"                    | a.txt",
                "filename=\"/\"                                  |",
                "filename=\"..\"                                 |",
                "filename=\". .\"                                |",
                "filename=\"a.txt. .\"                           | a.txt",
                "filename=\"a:b?.txt\"                           | a_b_.txt",
                "filename=\"a%0D%0Ab\"                           | a__b",
                "filename=\"a\u202Egpj.exe\"                     | a_gpj.exe",
                "filename=\"Grüße 中.txt\"                       | Grüße 中.txt",
                "filename*=UTF-8''na%C3%AFve%2F.txt              | .txt",
                "filename*=utf-8''a; filename=\"b\"              | b"
            })
    void fileNamesAreNeverPaths(String parameter, String name) {
        Form form = multipart("Content-Disposition: form-data; name=f; " + parameter + "\r\n\r\nx");
        assertEquals(Optional.ofNullable(name), form.file("f").orElseThrow().fileName());
    }

    @Test
    void fileNamesAreOf255BytesAtTheMost() {
        assertEquals(Optional.of("x".repeat(255)), FileNames.sanitise("x".repeat(300)));
        assertEquals(Optional.of("ü".repeat(127)), FileNames.sanitise("ü".repeat(300)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nx",
                "Content-Type: text/plain\r\n\r\nx",
                "Content-Disposition: attachment; name=a\r\n\r\nx",
                "Content-Disposition: form-data\r\n\r\nx",
                "Content-Disposition: form-data; filename=a\r\n\r\nx",
                "Content-Disposition: form-data; name=a; name=b\r\n\r\nx",
                "Content-Disposition: form-data; name=a; NAME=b\r\n\r\nx",
                "Content-Disposition: form-data; name=a b\r\n\r\nx",
                "Content-Disposition: form-data; name=\"a\r\n\r\nx",
                "Content-Disposition: form-data; name\r\n\r\nx",
                "Content-Disposition: form-data, name=a\r\n\r\nx",
                "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\nx",
                "Content-Disposition: form-data; name=a\r\n folded: x\r\n\r\nx",
                "Content-Disposition : form-data; name=a\r\n\r\nx",
                "Content-Disposition: form-data; name=a\r\nContent-Type: nonsense\r\n\r\nx",
                "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\neA==",
                "Content-Disposition: form-data; name=a; filename*=latin-1''a\r\n\r\nx",
                "Content-Disposition: form-data; name=a; filename*=UTF-8''%C3\r\n\r\nx"
            })
    void turnsDownPartsThatAreNotOfForms(String part) {
        assertThrows(BadRequestException.class, () -> multipart(part));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=\"ends with a space \"",
                "multipart/form-data; boundary=\"<>\"",
                "multipart/form-data; boundary=1234567890123456789012345678901234567890123456789012345678901234567890x"
            })
    void turnsDownAFormWithoutAValidBoundary(String contentType) {
        var fault = assertThrows(BadRequestException.class, () -> read(contentType, "--b--"));
        assertEquals("The Content-Type of the form has no valid boundary", fault.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%C3", "%zz=1"})
    void turnsDownFieldsThatCanNotBeDecoded(String body) {
        assertThrows(BadRequestException.class, () -> read("application/x-www-form-urlencoded", body));
    }

    @Test
    void turnsDownOtherMediaTypesWithThoseThatItReads() {
        var fault = assertThrows(UnsupportedMediaTypeException.class, () -> read("application/json", "{}"));
        assertEquals(
                "The body isn't a form that is read here; send application/x-www-form-urlencoded"
                        + " or multipart/form-data",
                fault.detail());
        assertEquals(
                Optional.of("application/x-www-form-urlencoded, multipart/form-data"),
                fault.headers().first("Accept-Post"));
    }

    @Test
    void noBodyIsAFormWithoutFields() {
        assertEquals(
                Map.of(),
                new FormReader(limits(), FormReader.MEDIA_TYPES)
                        .read(MockRequest.post("/").build())
                        .fields());
    }

    static Stream<String> tooLarge() {
        return Stream.of(
                "5 fields|" + "a=1&".repeat(6),
                "10 characters|" + "n".repeat(11) + "=1",
                "100 bytes|a=" + "x".repeat(99));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void turnsDownUrlencodedFormsThatAreTooLarge(String what) {
        String body = what.substring(what.indexOf('|') + 1);
        var fault = assertThrows(HttpException.class, () -> read("application/x-www-form-urlencoded", body));
        assertEquals(413, fault.status().code());
        assertTrue(fault.detail().contains(what.substring(0, what.indexOf('|'))), fault.detail());
    }

    @Test
    void turnsDownMultipartFormsThatAreTooLarge() throws IOException {
        String part = field("a", "1");
        assertTooLarge("5 fields", part, part, part, part, part, part);
        assertTooLarge("10 characters", field("n".repeat(11), "1"));
        assertTooLarge("100 bytes", field("a", "x".repeat(60)), field("a", "x".repeat(41)));
        assertTooLarge("200 bytes of header", field("a", "1") + "\r\n", "X: " + "x".repeat(200) + "\r\n" + part);
        assertTooLarge("A file is larger than 1000 bytes", file("f", "f", "x".repeat(1_001)));
        assertTooLarge("2000 bytes", file("f", "f", "x".repeat(990)), file("f", "f", "x".repeat(990)));
    }

    private void assertTooLarge(String what, String... parts) throws IOException {
        var fault = assertThrows(HttpException.class, () -> multipart(parts));
        assertEquals(413, fault.status().code());
        assertTrue(fault.detail().contains(what), fault.detail());
        assertEquals(List.of(), left());
    }

    @Test
    void holdsLittleInMemoryAndTheRestOnTheDiskUntilItIsReleased() throws IOException {
        Form form = multipart(
                file("f", "a", "x".repeat(30)), file("f", "b", "y".repeat(30)), file("f", "c", "z".repeat(20)));
        assertEquals(1, left().size());
        assertEquals("y".repeat(30), content(form.files("f").get(1)));
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(left().get(0))));
        }
        FormReader.release(form);
        assertEquals(List.of(), left());
        for (FileUpload file : form.files("f")) {
            assertThrows(NoSuchFileException.class, file::openStream);
        }
        FormReader.release(form);
    }

    @Test
    void leavesNothingOnTheDiskOfAFormThatEndsHalfWay() throws IOException {
        String whole = "--b\r\n" + file("f", "a", "x".repeat(100)) + "\r\n--b\r\n" + file("f", "b", "x".repeat(100));
        assertThrows(BadRequestException.class, () -> read("multipart/form-data; boundary=b", whole));
        assertEquals(List.of(), left());
    }

    @Test
    void movesFilesFromMemoryAndFromTheDisk(@TempDir Path store) throws IOException {
        Form form = multipart(file("f", "a", "small"), file("f", "b", "y".repeat(100)));
        FileUpload small = form.files("f").get(0);
        FileUpload large = form.files("f").get(1);
        small.moveTo(store.resolve("small"));
        large.moveTo(store.resolve("large"));
        FormReader.release(form);
        assertEquals(List.of(), left());
        assertArrayEquals("small".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(store.resolve("small")));
        assertEquals("y".repeat(100), Files.readString(store.resolve("large")));
        assertEquals("small", content(small));
        assertEquals(
                Files.getPosixFilePermissions(store.resolve("small")),
                Files.getPosixFilePermissions(store.resolve("large")));
    }

    @Test
    void movesOverNothing(@TempDir Path store) throws IOException {
        Path there = Files.writeString(store.resolve("there"), "precious");
        Form form = multipart(file("f", "a", "small"), file("f", "b", "y".repeat(100)));
        for (FileUpload file : form.files("f")) {
            assertThrows(FileAlreadyExistsException.class, () -> file.moveTo(there));
            assertFalse(content(file).isEmpty());
        }
        FormReader.release(form);
        assertEquals("precious", Files.readString(there));
        try (Stream<Path> files = Files.list(store)) {
            assertEquals(List.of(there), files.toList());
        }
    }

    @Test
    void tellsNothingOfTheClientsInItsText() {
        assertEquals(
                "upload of 1 bytes",
                multipart(file("f", "secret", "x")).file("f").orElseThrow().toString());
    }
}
