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

/** The controller and the socket of a room as the plain objects that they are: no server, and a request that no client sent. */
@ExtendWith(MockitoExtension.class)
class RoomControllerTest {
    private static final NewMessage HELLO = new NewMessage(Optional.of("Ann"), "Hello");

    private final Feed<Posted> kitchen = Feed.create();

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
        when(rooms.open("kitchen")).thenReturn(kitchen);
        when(conversation.say(HELLO, kitchen)).thenReturn(CompletableFuture.completedFuture(said));
        assertEquals(
                said, controller.say("kitchen", HELLO).toCompletableFuture().join());
        assertEquals(
                said,
                controller.sayByForm("kitchen", HELLO).toCompletableFuture().join());
    }

    @Test
    void showsWhatWasSaidInItsRoom() {
        Request request =
                MockRequest.get("/rooms/kitchen/messages").accept("text/html").build();
        Response<String> page = Response.ok("page");
        when(rooms.open("kitchen")).thenReturn(kitchen);
        doReturn(page).when(conversation).messages(kitchen, "kitchen", request);
        assertSame(page, controller.messages("kitchen", request));
    }

    @Test
    void saysNothingWhereThereAreTooManyRooms() {
        when(rooms.open("kitchen")).thenThrow(new ConflictException("too many"));
        assertThrows(ConflictException.class, () -> controller.say("kitchen", HELLO));
        verifyNoInteractions(conversation);
    }

    @Test
    void aSessionJoinsItsRoomAndLeavesIt() {
        when(rooms.open("kitchen")).thenReturn(kitchen);
        socket.open(session, "kitchen", Optional.of("7"));
        verify(conversation).join(session, kitchen, Optional.of("7"));
        socket.close(session);
        verify(conversation).leave(session);
    }
}
