package dev.bistro.sample.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.http.BadRequestException;
import dev.bistro.http.EntityTag;
import dev.bistro.http.HttpException;
import dev.bistro.http.Method;
import dev.bistro.http.Request;
import dev.bistro.http.Status;
import dev.bistro.testing.MockRequest;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** The controller as a plain object. */
@ExtendWith(MockitoExtension.class)
class ChangesControllerTest {
    private static final EntityTag TAG = EntityTag.strong("v7");

    private final InputStream content = InputStream.nullInputStream();
    private final Request put = MockRequest.put("/a.txt").build();

    @Mock
    Permissions permissions;

    @Mock
    FolderChanges changes;

    @InjectMocks
    ChangesController controller;

    @Test
    void saysWhereANewFileIs() {
        when(changes.upload("a.txt", content, put)).thenReturn(new StoredFile("/a.txt", true, TAG));
        var response = controller.upload("a.txt", content, put);
        assertEquals(Status.CREATED, response.status());
        assertEquals(Optional.of("/a.txt"), response.headers().first("Location"));
        assertEquals(Optional.of("\"v7\""), response.headers().first("ETag"));
    }

    @Test
    void saysThatAFileWasReplaced() {
        when(changes.upload("a.txt", content, put)).thenReturn(new StoredFile("/a.txt", false, TAG));
        assertEquals(Status.NO_CONTENT, controller.upload("a.txt", content, put).status());
    }

    @Test
    void takesNoPartOfAFile() {
        Request part =
                MockRequest.put("/a.txt").header("Content-Range", "bytes 0-1/2").build();
        assertThrows(BadRequestException.class, () -> controller.upload("a.txt", content, part));
        verifyNoInteractions(changes);
    }

    @Test
    void deletes() {
        Request request = MockRequest.delete("/a.txt").build();
        controller.delete("a.txt", request);
        verify(changes).delete("a.txt", request);
    }

    @Test
    void makesAFolderOnce() {
        Request request = MockRequest.of(Method.of("MKCOL"), "/a").build();
        when(changes.makeFolder("a")).thenReturn(true, false);
        when(permissions.notAllowed("There is something of that name already"))
                .thenReturn(new HttpException(Status.METHOD_NOT_ALLOWED, "there"));
        assertEquals(Status.CREATED, controller.makeFolder("a", request).status());
        var fault = assertThrows(HttpException.class, () -> controller.makeFolder("a", request));
        assertEquals(Status.METHOD_NOT_ALLOWED, fault.status());
    }
}
