package dev.bistro.sample.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bistro.feed.Feed;
import dev.bistro.http.ConflictException;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.testing.MockRequest;
import dev.bistro.websocket.WebSocketSession;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InjectMocks;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** The controller and the socket of a room as plain objects: without a server, and with a mock request. */
@ExtendWith(MockitoExtension.class)
class RoomControllerTest {
    private static final NewMessage HELLO = new NewMessage(Optional.of("Ann"), "Hello");

    private final Feed<Posted> kitchen = Feed.create();
    private final Request request = MockRequest.get("/rooms/kitchen/messages").build();

    @Mock
    Rooms rooms;

    @Mock
    Conversation conversation;

    @Mock
    WebSocketSession session;

    @InjectMocks
    RoomController controller;

    @InjectMocks
    RoomSocket socket;

    @Test
    void saysAMessageInItsRoom() {
        var said = new Message("1", "Ann", "Hello", Instant.EPOCH);
        when(rooms.of(request)).thenReturn(kitchen);
        when(conversation.say(HELLO, kitchen)).thenReturn(CompletableFuture.completedFuture(said));
        assertEquals(said, controller.say(HELLO, request).toCompletableFuture().join());
        assertEquals(
                said, controller.sayByForm(HELLO, request).toCompletableFuture().join());
    }

    @Test
    void showsWhatWasSaidInItsRoom() {
        Response<String> page = Response.ok("page");
        when(rooms.of(request)).thenReturn(kitchen);
        doReturn(page).when(conversation).messages(kitchen, request);
        assertSame(page, controller.messages(request));
    }

    @Test
    void saysNothingWhereThereAreTooManyRooms() {
        when(rooms.of(request)).thenThrow(new ConflictException("too many"));
        assertThrows(ConflictException.class, () -> controller.say(HELLO, request));
        verifyNoInteractions(conversation);
    }

    @Test
    void aSessionJoinsItsRoomAndLeavesIt() {
        when(rooms.of(request)).thenReturn(kitchen);
        when(session.request()).thenReturn(request);
        socket.open(session, Optional.of("7"));
        verify(conversation).join(session, kitchen, Optional.of("7"));
        socket.close(session);
        verify(conversation).leave(session);
    }
}
