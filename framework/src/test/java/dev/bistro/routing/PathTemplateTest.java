package dev.bistro.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bistro.http.BadRequestException;
import dev.bistro.startup.Place;
import dev.bistro.startup.Problems;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates alone: which paths they match, and how they compare. */
class PathTemplateTest {
    private static PathTemplate template(String text) {
        var problems = new Problems();
        Optional<PathTemplate> template = PathTemplate.parse(text, new Place("a test"), problems);
        problems.throwIfAny();
        return template.orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "/,/,true",
        "/,/a,false",
        "/a,/a,true",
        "/a,/%61,true",
        "/a,/a/,false",
        "/a,/,false",
        "/a,/A,false",
        "/a,*,false",
        "/a/,/a/,true",
        "/a/,/a,false",
        "/a/{id},/a/1,true",
        "/a/{id},/a/,false",
        "/a/{id},/a/1/2,false",
        "/a/{id:int},/a/1,true",
        "/a/{id:int},/a/x,false",
        "/a/{path*},/a,false",
        "/a/{path*},/a/,true",
        "/a/{path*},/a/b/c,true",
        "/a/{path*},/ab/c,false",
        "/{path*},/,true",
        "/{path*},/a/b,true",
        "/{path*},*,false",
    })
    void knowsThePathsThatLookLikeIt(String text, String path, boolean matches) {
        assertEquals(matches, template(text).matches(path));
    }

    @Test
    void turnsDownAPathThatCanNotBeDecoded() {
        PathTemplate template = template("/{path*}");
        assertThrows(BadRequestException.class, () -> template.matches("/%F"));
        assertThrows(BadRequestException.class, () -> template.matches("/%FF"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/{path*},/a/b,true,true",
        "/a/{path*},/a/{id},true,true",
        "/a/{path*},/a/{rest*},true,true",
        "/a/{path*},/a,false,false",
        "/a/{path*},/{x}/{y},false,true",
        "/a/{path*},/{rest*},false,true",
        "/a/{path*},/b/{rest*},false,false",
        "/a/{id:int},/a/{id},false,true",
        "/a/{id},/a/{id:int},true,true",
        "/a/{id:[a-z]+},/a/{id},false,true",
        "/a/{id:[a-z]+},/a/b,true,true",
        "/{path*},/a/b,true,true",
    })
    void knowsHowItLiesToAnother(String one, String other, boolean covers, boolean overlaps) {
        assertEquals(covers, template(one).covers(template(other)));
        assertEquals(overlaps, template(one).overlaps(template(other)));
        assertEquals(overlaps, template(other).overlaps(template(one)));
    }

    @Test
    void knowsWhatIsAboveItsRest() {
        assertEquals(
                "/a/{id:int}",
                template("/a/{id:int}/{path*}").aboveRest().orElseThrow().toString());
        assertEquals(Optional.empty(), template("/{path*}").aboveRest());
        assertEquals(Optional.empty(), template("/a/{id}").aboveRest());
    }
}
