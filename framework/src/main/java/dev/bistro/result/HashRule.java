package dev.bistro.result;

import dev.bistro.annotation.ETag;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.file.FileResponse;
import dev.bistro.http.StreamingBody;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** {@link ETag} on a method: a hash of its answers, where there is a whole body to hash. */
record HashRule(Problems problems) {
    private static final List<Class<?>> STREAMED = List.of(
            InputStream.class, Iterator.class, Stream.class, StreamingBody.class, Feed.class, FeedResponse.class);
    private static final List<Class<?>> FILES = List.of(Path.class, FileResponse.class);

    boolean isHashed(Method method, Type type) {
        if (!method.isAnnotationPresent(ETag.class)) {
            return false;
        }
        Class<?> result = Outcomes.innermost(type);
        if (result == void.class || result == Void.class) {
            refuse(method, "the answer has no body.", "Remove it.");
        } else if (STREAMED.stream().anyMatch(streamed -> streamed.isAssignableFrom(result))) {
            refuse(
                    method,
                    "the answer is sent piece by piece, before its hash is known.",
                    "Return it as a whole, or remove @ETag.");
        } else if (FILES.stream().anyMatch(file -> file.isAssignableFrom(result))) {
            refuse(method, "a file has a tag already.", "Remove it.");
        }
        return true;
    }

    private void refuse(Method method, String why, String cure) {
        problems.add(Problem.of("useless-etag", "@ETag on a method is a hash of its answer, but " + why)
                .at(Place.of(method))
                .cure(cure));
    }
}
