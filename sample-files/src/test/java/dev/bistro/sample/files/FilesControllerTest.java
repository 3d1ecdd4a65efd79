package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.file.FileResponse;
import dev.bistro.http.HttpException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.Status;
import dev.bistro.testing.MockRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** The controller as the plain object that it is: no server, and a request that no client sent. */
@ExtendWith(MockitoExtension.class)
class FilesControllerTest {
    private static final Listing EMPTY = new Listing("/a/", List.of(), Optional.empty());

    @TempDir
    Path directory;

    @Mock
    Folder folder;

    @Mock
    Permissions permissions;

    @Mock
    FilesSettings settings;

    @InjectMocks
    FilesController controller;

    private Response<?> show(String path, Optional<String> download, Request request) {
        return controller.show(
                path,
                download,
                Optional.empty(),
                Optional.empty(),
                Listing.Sort.NAME,
                false,
                Optional.empty(),
                request);
    }

    @Test
    void sendsAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a");
        when(folder.find("a.txt")).thenReturn(file);
        when(folder.file("a.txt")).thenReturn(FileResponse.of(file));
        Request request = MockRequest.get("/a.txt").build();
        var body = show("a.txt", Optional.empty(), request).body().orElseThrow();
        var answer = assertInstanceOf(FileResponse.class, body).answer(request);
        assertEquals(Optional.empty(), answer.headers().first("Content-Disposition"));
        assertEquals(Optional.of("text/plain;charset=utf-8"), answer.headers().first("Content-Type"));
    }

    @Test
    void sendsAFileToBeSaved() throws Exception {
        Path file = Files.writeString(directory.resolve("a.txt"), "a");
        when(folder.find("a.txt")).thenReturn(file);
        when(folder.file("a.txt")).thenReturn(FileResponse.of(file));
        Request request = MockRequest.get("/a.txt?download").build();
        var body = show("a.txt", Optional.of(""), request).body().orElseThrow();
        assertEquals(
                Optional.of("attachment; filename=\"a.txt\""),
                ((FileResponse) body).answer(request).headers().first("Content-Disposition"));
    }

    @Test
    void givesAListingAsAValueToPrograms() {
        when(folder.find("a/")).thenReturn(directory);
        when(folder.list(directory)).thenReturn(EMPTY);
        Request request = MockRequest.get("/a/").accept("application/json").build();
        assertEquals(Optional.of(EMPTY), show("a/", Optional.empty(), request).body());
    }

    @Test
    void givesAListingAsAPageToPeople() {
        when(folder.find("a/")).thenReturn(directory);
        when(folder.list(directory)).thenReturn(EMPTY);
        Request request = MockRequest.get("/a/").accept("text/html").build();
        when(permissions.changes()).thenReturn(Set.of(Change.UPLOAD));
        String page = show("a/", Optional.empty(), request).body().orElseThrow().toString();
        assertTrue(page.contains("<title>/a/</title>"), page);
        assertTrue(page.contains("Log in"), page);
    }

    @Test
    void leadsToTheSlashOfADirectory() {
        when(folder.find("a")).thenReturn(directory);
        when(folder.addressOf(directory)).thenReturn("/a/");
        var response = show("a", Optional.empty(), MockRequest.get("/a").build());
        assertEquals(Status.MOVED_PERMANENTLY, response.status());
        assertEquals(Optional.of("/a/"), response.headers().first("Location"));
    }

    @Test
    void readsNothingForThoseWhoMayNot() {
        when(settings.loginToRead()).thenReturn(true);
        controller = new FilesController(folder, permissions, settings);
        assertThrows(
                HttpException.class,
                () -> show("a", Optional.empty(), MockRequest.get("/a").build()));
        verifyNoInteractions(folder);
    }
}
