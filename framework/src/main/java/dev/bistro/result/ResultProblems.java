package dev.bistro.result;

import dev.bistro.body.BodyCodecs;
import dev.bistro.feed.Feed;
import dev.bistro.feed.FeedResponse;
import dev.bistro.html.View;
import dev.bistro.http.MediaType;
import dev.bistro.http.Status;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * The messages for results that can't be written as their method says.
 *
 * @param codecs which of them were tried is part of a message
 */
record ResultProblems(BodyCodecs codecs) {
    Problem unwritable(Method method, Type type, ResponseAnnotations annotations) {
        String as = annotations.produces().map(mediaType -> " as " + mediaType).orElse("");
        Problem problem = Problem.of("unwritable-result", "Nothing writes " + TypeNames.of(type) + as + ".")
                .at(Place.of(method));
        if (ValueWriterFactory.isNeverEncoded(Outcomes.innermost(type))) {
            return problem.cure("Return a value that becomes JSON, a String, a byte[] or a java.nio.file.Path.");
        }
        if (Outcomes.innermost(type) == View.class) {
            return problem.cure("Write a class that implements TemplateRenderer, "
                    + "which renders views as text/html by a template library.");
        }
        return problem.cure("Tried: " + codecs + ".").cure(cure(type, annotations.produces()));
    }

    private static String cure(Type type, Optional<MediaType> produces) {
        if (produces.isEmpty()) {
            return "JSON shows record components, public fields and getters: there are none.";
        }
        Class<?> innermost = Outcomes.innermost(type);
        if (innermost == Feed.class || innermost == FeedResponse.class) {
            return "A feed is written as " + FeedWriter.mediaTypes() + ".";
        }
        return innermost == String.class
                ? "Text is written in UTF-8: leave the charset away."
                : "Leave @Produces away for JSON, or return a String that is " + produces.get() + " already.";
    }

    Problem unwritableOutcome(Place method, Class<?> outcome, Class<?> sealed) {
        return Problem.of(
                        "unwritable-result",
                        "Nothing writes " + Place.name(outcome) + ", which " + Place.name(sealed) + " may be.")
                .at(method)
                .cure("Tried: " + codecs + ".");
    }

    static Problem lostHeader(Method method, RecordComponent lost) {
        String name = Place.name(lost.getDeclaringRecord());
        return Problem.of("lost-header", "A @Header of " + name + " would be lost: it is only a part of the answer.")
                .at(Place.of(lost))
                .at(Place.of(method))
                .cure("Return the " + name + " itself, or take @Header away to have it in the body.");
    }

    static Problem bodyNotAllowed(Method method, Type type, Status status) {
        return Problem.of(
                        "status-without-body",
                        "@Status(" + status.code() + ") allows no body, but the method returns " + TypeNames.of(type)
                                + ".")
                .at(Place.of(method))
                .cure("Make it void, or take a status that has a body, such as @Status(200).");
    }
}
