package dev.bistro.openapi.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each keyword with values that it is for and not for, compared with another validator where both have to agree. */
class SchemaCheckTest {
    private static Object json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> faults(String schema, String value) {
        return new SchemaCheck(Map.of())
                .faults(json(schema), json(value)).stream()
                        .map(SchemaCheck.Fault::toString)
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | [1]           |",
                "true                                            | {'a':1}       |",
                "false                                           | 1             | the body should not be there",
                "{'type':'string'}                               | 'a'           |",
                "{'type':'string'}                               | 1             | the body is 1, and should be a text",
                "{'type':'integer'}                              | 1             |",
                "{'type':'integer'}                              | 1.0           |",
                "{'type':'integer'}                              | 1.5           | the body is 1.5, and should be a whole number",
                "{'type':'number'}                               | 1.5           |",
                "{'type':'boolean'}                              | true          |",
                "{'type':'boolean'}                              | 'true'        | the body is \"true\", and should be true or false",
                "{'type':'array'}                                | {}            | the body is {}, and should be an array",
                "{'type':'object'}                               | []            | the body is [], and should be an object",
                "{'type':'object'}                               | {'x':1}       |",
                "{'type':['string','null']}                      | null          |",
                "{'type':['string','null']}                      | 1             | the body is 1, and should be a text or null",
                "{'enum':['a',1,null]}                           | 1.0           |",
                "{'enum':['a',1,null]}                           | 'b'           | the body is \"b\", and should be one of [\"a\",1,null]",
                "{'const':{'a':[1]}}                             | {'a':[1.0]}   |",
                "{'const':'a'}                                   | 'b'           | the body is \"b\", and should be \"a\"",
                "{'minimum':3}                                   | 3             |",
                "{'minimum':3}                                   | 2.9           | the body is 2.9, and should be at least 3",
                "{'maximum':3}                                   | 3.1           | the body is 3.1, and should be at most 3",
                "{'maximum':3}                                   | 'x'           |",
                "{'exclusiveMinimum':3}                          | 3             | the body is 3, and should be more than 3",
                "{'exclusiveMaximum':3}                          | 3             | the body is 3, and should be less than 3",
                "{'multipleOf':0.1}                              | 0.3           |",
                "{'multipleOf':2}                                | 3             | the body is 3, and should be a multiple of 2",
                "{'minLength':2}                                 | '😀'          | the body is \"😀\", and should be of at least 2 characters",
                "{'maxLength':1}                                 | '😀'          |",
                "{'maxLength':1}                                 | 'ab'          | the body is \"ab\", and should be of at most 1 characters",
                "{'pattern':'^a+$'}                              | 'aa'          |",
                "{'pattern':'^a+$'}                              | 'b'           | the body is \"b\", and should be a text of ^a+$",
                "{'minItems':1}                                  | []            | the body is [], and should be of at least 1 elements",
                "{'maxItems':1}                                  | [1,2]         | the body is [1,2], and should be of at most 1 elements",
                "{'uniqueItems':true}                            | [1,2]         |",
                "{'uniqueItems':true}                            | [1,1.0]       | the body is [1,1.0], and should be without an element twice",
                "{'minProperties':1}                             | {}            | the body is {}, and should be of at least 1 members",
                "{'maxProperties':0}                             | {'a':1}       | the body is {\"a\":1}, and should be of at most 0 members",
                "{'required':['a']}                              | {}            | /a is missing",
                "{'properties':{'a':{'type':'string'}}}          | {'a':1}       | /a is 1, and should be a text",
                "{'properties':{'a':{}},'additionalProperties':false} | {'b':1} | /b isn't in the document",
                "{'properties':{'a':{}},'additionalProperties':{'type':'string'}} | {'b':1} | /b is 1, and should be a text",
                "{'properties':{'a':{}},'additionalProperties':true} | {'b':1} |",
                "{'patternProperties':{'^x':{'type':'string'}}}  | {'xa':1}      | /xa is 1, and should be a text",
                "{'propertyNames':{'maxLength':1}}               | {'ab':1}      | /ab as a name is \"ab\", and should be of at most 1 characters",
                "{'dependentRequired':{'a':['b']}}               | {'a':1}       | /b is missing",
                "{'items':{'type':'string'}}                     | ['a',1]       | /1 is 1, and should be a text",
                "{'prefixItems':[{'type':'string'}],'items':false} | ['a',1]     | /1 should not be there",
                "{'contains':{'type':'string'}}                  | [1]           | the body has 0 elements of the kind that it should contain",
                "{'contains':{'type':'string'},'maxContains':1}  | ['a','b']     | the body has 2 elements of the kind that it should contain",
                "{'allOf':[{'type':'string'},{'maxLength':1}]}   | 'ab'          | the body is \"ab\", and should be of at most 1 characters",
                "{'anyOf':[{'type':'string'},{'type':'null'}]}   | null          |",
                "{'anyOf':[{'properties':{'a':{'type':'string'}},'additionalProperties':true},{'type':'null'}]} | {'a':1} | /a is 1, and should be a text",
                "{'oneOf':[{'type':'number'},{'type':'integer'}]} | 1.5          |",
                "{'oneOf':[{'type':'number'},{'type':'integer'}]} | 1            | the body fits 2 of the schemas of which it should fit one",
                "{'not':{'type':'string'}}                       | 'a'           | the body is \"a\", which it should not be",
                "{'if':{'type':'string'},'then':{'maxLength':1},'else':{'minimum':3}} | 'ab' | the body is \"ab\", and should be of at most 1 characters",
                "{'if':{'type':'string'},'then':{'maxLength':1},'else':{'minimum':3}} | 2    | the body is 2, and should be at least 3",
                "{'$defs':{'t':{'type':'string'}},'description':'x','unknown':1} | 1 |",
            })
    void agreesWithAnotherValidator(String schemaText, String valueText, String expected) {
        String schema = schemaText.replace('\'', '"');
        String value = valueText.replace('\'', '"');
        assertEquals(expected == null ? List.of() : List.of(expected), faults(schema, value));
        boolean isRight = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON)
                .validate(value, InputFormat.JSON)
                .isEmpty();
        assertEquals(expected == null, isRight);
    }

    /** Where it is stricter: what is answered is to be described. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'properties':{'a':{}}}                                  | {'b':1}  | /b isn't in the document",
                "{'allOf':[{'properties':{'a':{}}},{'properties':{'b':{}}}]} | {'a':1,'b':2} |",
                "{'anyOf':[{'properties':{'a':{}}},{'properties':{'b':{}}}]} | {'a':1,'c':2} | /c isn't in the document",
                "{'format':'uuid'}      | '00000000-0000-4000-8000-000000000000' |",
                "{'format':'uuid'}      | 'x'                  | the body is \"x\", and should be of the format uuid",
                "{'format':'date'}      | '2026-01-31'         |",
                "{'format':'date'}      | '2026-02-31'         | the body is \"2026-02-31\", and should be of the format date",
                "{'format':'date-time'} | '2026-01-31T10:00:00Z' |",
                "{'format':'date-time'} | '2026-01-31T10:00:00' | the body is \"2026-01-31T10:00:00\", and should be of the format date-time",
                "{'format':'time'}      | '10:00:00+01:00'     |",
                "{'format':'time'}      | '10:00'              | the body is \"10:00\", and should be of the format time",
                "{'format':'duration'}  | 'P1DT2H3.5S'         |",
                "{'format':'duration'}  | 'PT'                 | the body is \"PT\", and should be of the format duration",
                "{'format':'uri'}       | 'https://a/b?c'      |",
                "{'format':'uri'}       | '/a'                 | the body is \"/a\", and should be of the format uri",
                "{'format':'uri-reference'} | '/a'             |",
                "{'format':'uri-reference'} | '/ a'            | the body is \"/ a\", and should be of the format uri-reference",
                "{'format':'int32'}     | 2147483647           |",
                "{'format':'int32'}     | 2147483648           | the body is 2147483648, and should be of the format int32",
                "{'format':'int64'}     | 9223372036854775808  | the body is 9223372036854775808, and should be of the format int64",
                "{'format':'password'}  | 'x'                  |",
            })
    void wantsAllToBeDescribed(String schema, String value, String expected) {
        assertEquals(
                expected == null ? List.of() : List.of(expected),
                faults(schema.replace('\'', '"'), value.replace('\'', '"')));
    }

    private static List<String> inDocument(String component, String value) {
        Map<String, Object> document = Json.map(json("{\"components\":{\"schemas\":{\"A\":" + component + "}}}"));
        return new SchemaCheck(document)
                .faults(json("{\"$ref\":\"#/components/schemas/A\"}"), json(value)).stream()
                        .map(SchemaCheck.Fault::toString)
                        .toList();
    }

    @Test
    void followsReferencesThatRecur() {
        String tree = "{\"properties\":{\"children\":{\"items\":{\"$ref\":\"#/components/schemas/A\"}}}}";
        assertEquals(List.of(), inDocument(tree, "{\"children\":[{\"children\":[]}]}"));
        assertEquals(
                List.of("/children/0/x~1y isn't in the document"), inDocument(tree, "{\"children\":[{\"x/y\":1}]}"));
    }

    @Test
    void endsWhereASchemaIsItself() {
        assertEquals(List.of(), inDocument("{\"allOf\":[{\"$ref\":\"#/components/schemas/A\"}]}", "1"));
        assertEquals(List.of(), inDocument("{\"$ref\":\"#/components/schemas/A\"}", "{\"a\":1}"));
        assertEquals(List.of(), inDocument("{\"$ref\":\"#/nowhere\"}", "1"));
    }

    /** Of several schemas, the message is of the one that was most likely meant. */
    @Test
    void tellsOfTheSchemaThatFitsBest() {
        String shapes = "{\"oneOf\":[{\"type\":\"object\",\"properties\":{\"kind\":{\"const\":\"circle\"},"
                + "\"radius\":{\"type\":\"number\"}},\"required\":[\"kind\",\"radius\"]},{\"type\":\"object\","
                + "\"properties\":{\"kind\":{\"const\":\"square\"},\"side\":{\"type\":\"number\"}},"
                + "\"required\":[\"kind\",\"side\"]},{\"type\":\"null\"}]}";
        assertEquals(
                List.of("/side is \"x\", and should be a number"),
                inDocument(shapes, "{\"kind\":\"square\",\"side\":\"x\"}"));
    }
}
