package dev.bistro.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeRangeTest {
    @ParameterizedTest
    @CsvSource({
        "*/*,text/html,true",
        "text/*,text/html,true",
        "text/*,application/json,false",
        "text/html,text/html;charset=utf-8,true",
        "text/html,text/plain,false",
        "application/*+json,application/hal+json,true",
        "application/*+json,application/json,false",
        "application/*+json,application/hal+xml,false",
        "application/*+json,text/hal+json,false"
    })
    void includes(String range, String type, boolean included) {
        assertEquals(included, MediaType.parse(range).includes(MediaType.parse(type)));
    }

    @ParameterizedTest
    @CsvSource({"text/html,false", "text/*,true", "*/*,true", "application/*+json,true"})
    void tellsRangeFromType(String text, boolean range) {
        assertEquals(range, MediaType.parse(text).isRange());
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,text/*;charset=utf-8,text/html;charset=utf-8",
        "text/html;charset=us-ascii,text/*;charset=utf-8,text/html;charset=us-ascii",
        "text/html;a=1,*/*;b=2;c=3,text/html;a=1;b=2;c=3"
    })
    void takesParametersThatItDoesNotHave(String type, String defaults, String merged) {
        assertEquals(
                merged,
                MediaType.parse(type).withDefaults(MediaType.parse(defaults)).toString());
    }

    @Test
    void keepsParametersInTheirOrder() {
        String text = "multipart/form-data;z=1;a=2;m=3;b=4;y=5";
        assertEquals(text, MediaType.parse(text).toString());
    }
}
