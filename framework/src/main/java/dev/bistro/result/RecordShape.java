package dev.bistro.result;

import dev.bistro.annotation.Body;
import dev.bistro.annotation.ETag;
import dev.bistro.http.Status;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problem;
import dev.bistro.startup.Problems;
import dev.bistro.types.CanonicalConstructor;
import dev.bistro.types.TypeNames;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of the response that a record stands for, by the annotations of its components.
 *
 * @param status of {@code @Status} on the record
 * @param headers the components that are header fields
 * @param isEmpty whether it has no other components, and therefore the response no body
 * @param body the component that is the body; empty if the whole record is
 * @param version the component that becomes the entity tag
 */
record RecordShape(
        Optional<Status> status,
        List<HeaderComponent> headers,
        boolean isEmpty,
        Optional<ComponentAccessor> body,
        Optional<ComponentAccessor> version) {
    /** Types that can't be a version: their text differs for equal values, or has no bound. */
    private static final List<Class<?>> NEVER_VERSIONS =
            List.of(Iterable.class, Map.class, Record.class, Optional.class, Object[].class, byte[].class);

    /** Reads a record's annotations. An annotation with a fault becomes a problem and is left out. */
    static RecordShape of(Class<?> type, Problems problems) {
        RecordComponent[] all = type.getRecordComponents();
        RecordComponent[] components = HeaderComponent.others(all);
        Optional<Status> status = new ResponseAnnotationReader(problems).status(type, Place.of(type));
        if (status.isPresent() && status.get().forbidsBody() && components.length > 0) {
            problems.add(bodiless(type, status.get()));
        }
        return new RecordShape(
                status,
                HeaderComponent.of(type, problems),
                components.length == 0,
                body(type, all, components, problems),
                version(type, components, problems));
    }

    private static Problem bodiless(Class<?> type, Status status) {
        return Problem.of(
                        "status-without-body",
                        "@Status(" + status.code() + ") allows no body, but " + Place.name(type) + " has components.")
                .at(Place.of(type))
                .cure("Take them out, or take a status that has a body, such as @Status(200).");
    }

    /** Looks at the constructor's parameters, since {@code @Body} is an annotation for parameters. */
    private static Optional<ComponentAccessor> body(
            Class<?> type, RecordComponent[] all, RecordComponent[] components, Problems problems) {
        Constructor<?> constructor = CanonicalConstructor.of(type);
        for (int i = 0; i < all.length; i++) {
            if (constructor.getParameters()[i].isAnnotationPresent(Body.class)) {
                if (components.length > 1) {
                    problems.add(Problem.of(
                                    "body-among-others",
                                    "One component of " + Place.name(type)
                                            + " is the @Body of its answers, so that the others would be lost.")
                            .at(Place.of(all[i]))
                            .cure("Take @Body away, to send all of them as one object, or take the others out."));
                }
                return Optional.of(ComponentAccessor.of(all[i]));
            }
        }
        return Optional.empty();
    }

    private static Optional<ComponentAccessor> version(Class<?> type, RecordComponent[] components, Problems problems) {
        var versions = new ArrayList<RecordComponent>();
        for (RecordComponent component : components) {
            if (component.isAnnotationPresent(ETag.class)) {
                versions.add(component);
            }
        }
        if (versions.size() > 1) {
            problems.add(Problem.of("two-versions", Place.name(type) + " has more than one @ETag.")
                    .at(Place.of(versions.get(0)))
                    .at(Place.of(versions.get(1)))
                    .cure("Leave the one that changes with each change of the record."));
        }
        return versions.stream()
                .findFirst()
                .filter(one -> isVersion(one, problems))
                .map(ComponentAccessor::of);
    }

    private static boolean isVersion(RecordComponent component, Problems problems) {
        boolean isNone = NEVER_VERSIONS.stream().anyMatch(no -> no.isAssignableFrom(component.getType()));
        if (isNone) {
            problems.add(Problem.of(
                            "no-version",
                            "@ETag is on a " + TypeNames.of(component.getGenericType()) + ", which is no version.")
                    .at(Place.of(component))
                    .cure("Put it on a number, a text, a UUID or a time that changes with each change of the record."));
        }
        return !isNone;
    }
}
