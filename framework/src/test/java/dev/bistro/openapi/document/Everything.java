package dev.bistro.openapi.document;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.bistro.annotation.BeanParam;
import dev.bistro.annotation.Body;
import dev.bistro.annotation.CookieParam;
import dev.bistro.annotation.DefaultValue;
import dev.bistro.annotation.Delete;
import dev.bistro.annotation.DenyAll;
import dev.bistro.annotation.Description;
import dev.bistro.annotation.ETag;
import dev.bistro.annotation.FormParam;
import dev.bistro.annotation.Get;
import dev.bistro.annotation.Header;
import dev.bistro.annotation.HeaderParam;
import dev.bistro.annotation.IfMatch;
import dev.bistro.annotation.Label;
import dev.bistro.annotation.OnMessage;
import dev.bistro.annotation.PathParam;
import dev.bistro.annotation.Post;
import dev.bistro.annotation.Produces;
import dev.bistro.annotation.Put;
import dev.bistro.annotation.Query;
import dev.bistro.annotation.QueryParam;
import dev.bistro.annotation.RateLimit;
import dev.bistro.annotation.RolesAllowed;
import dev.bistro.annotation.Route;
import dev.bistro.annotation.Status;
import dev.bistro.annotation.WebSocket;
import dev.bistro.auth.Authenticator;
import dev.bistro.auth.Login;
import dev.bistro.body.FileUpload;
import dev.bistro.config.Secret;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedSettings;
import dev.bistro.http.Request;
import dev.bistro.http.Response;
import dev.bistro.http.StreamingBody;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** An application that has something of all that a document describes. */
final class Everything {
    private Everything() {}

    static final List<Class<?>> CLASSES =
            List.of(ItemController.class, OtherController.class, ChatSocket.class, Tokens.class);

    enum Order {
        @Label("by-name")
        BY_NAME,
        @Label("by-price")
        BY_PRICE
    }

    @Description("Something that is for sale.")
    record Item(
            @ETag long version,
            @Description("What it is called.") String name,
            BigDecimal price) {}

    record NewItem(
            @NotBlank @Size(max = 80) String name,
            @Min(0) BigDecimal price,
            Optional<String> note,
            @DefaultValue("1") int stock) {}

    record Page<T>(List<T> items, Optional<URI> next) {}

    record Paging(
            @QueryParam @DefaultValue("1") @Min(1) int page,
            @QueryParam Optional<@Max(100) Integer> size) {}

    sealed interface Found {}

    record Current(Item item) implements Found {}

    @Status(301)
    record Moved(@Header URI location) implements Found {}

    @Status(404)
    record Missing(String why, @Header Optional<String> xHint) implements Found {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    sealed interface Change {}

    @JsonTypeName("rename")
    record Rename(String name) implements Change {}

    @JsonTypeName("reprice")
    record Reprice(BigDecimal price) implements Change {}

    record Node(String name, List<Node> children) {}

    @Route("/items")
    @Description("What is for sale.")
    static final class ItemController {
        @Get
        @Description("All items. Those that are sold out come last.")
        Page<Item> all(
                @BeanParam Paging paging,
                @Description("The order of the items.") @QueryParam @DefaultValue("by-name") Order order,
                @QueryParam List<String> tags,
                @HeaderParam("X-Tenant") @Pattern(regexp = "[a-z]+") String tenant,
                @CookieParam("theme") Optional<String> theme,
                @QueryParam Optional<Secret> token) {
            return new Page<>(List.of(), Optional.empty());
        }

        @Get("/{id:long}")
        Item find(long id) {
            return new Item(1, "Tea", BigDecimal.ONE);
        }

        @Post
        @Status(201)
        @RateLimit("10/min")
        Item add(NewItem item) {
            return new Item(1, item.name, item.price);
        }

        @Put("/{id:long}")
        @RolesAllowed({"admin", "editor"})
        Item change(long id, @IfMatch long version, NewItem item) {
            return new Item(2, item.name, item.price);
        }

        @Delete("/{number:long}")
        @RolesAllowed("admin")
        void remove(@PathParam("number") long number) {}

        @Get("/{id:long}/state")
        Found state(long id) {
            return new Missing("never was", Optional.empty());
        }

        @Post("/{id:long}/changes")
        @Deprecated
        void change(long id, List<Change> changes) {}

        @Query
        List<Item> search(@Body Map<String, List<String>> words) {
            return List.of();
        }

        @Get("/hidden")
        @DenyAll
        String hidden() {
            return "";
        }
    }

    @Route("/other")
    static final class OtherController {
        private final Feed<Item> feed = Feed.create(FeedSettings.DEFAULTS);

        @Get("/feed")
        Feed<Item> feed() {
            return feed;
        }

        @Get("/lines")
        @Produces("application/x-ndjson")
        Stream<Item> lines() {
            return Stream.empty();
        }

        @Get("/text")
        String text() {
            return "";
        }

        @Get("/both")
        @Produces("text/csv")
        String csv() {
            return "";
        }

        @Get("/both")
        @Produces("application/json")
        List<Item> json(@QueryParam Optional<Integer> limit) {
            return List.of();
        }

        @Get("/response")
        Response<?> response() {
            return Response.noContent();
        }

        @Get("/stream")
        @Produces("image/png")
        StreamingBody stream() {
            return out -> {};
        }

        @Get("/tree")
        Node tree() {
            return new Node("a", List.of());
        }

        @Get("/days/{day}/{id}/{rest*}")
        String day(LocalDate day, UUID id, String rest) {
            return "";
        }

        @Post("/upload")
        String upload(@FormParam @Size(max = 20) String title, FileUpload file, List<FileUpload> more) {
            return "";
        }

        @Post("/form")
        void form(@FormParam String title, @FormParam @DefaultValue("3") int count) {}

        @Post("/bytes")
        void bytes(InputStream body) {}

        @Post("/request")
        void request(Request request) {}
    }

    @WebSocket("/chat")
    static final class ChatSocket {
        @OnMessage
        String echo(String text) {
            return text;
        }
    }

    static final class Tokens implements Authenticator {
        @Override
        public Optional<Login> authenticate(Request request) {
            return Optional.empty();
        }

        @Override
        public String challenge() {
            return "Bearer";
        }
    }
}
