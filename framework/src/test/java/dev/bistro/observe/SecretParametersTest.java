package dev.bistro.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretParametersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "passwd",
                "passwort",
                "newPassword",
                "new-password",
                "user[password]",
                "user.password",
                "pwd",
                "pass",
                "passphrase",
                "token",
                "token2",
                "access_token",
                "accessToken",
                "id_token_hint",
                "X-Amz-Security-Token",
                "secret",
                "client_secret",
                "clientsecret",
                "key",
                "KEY",
                "apikey",
                "api_key",
                "api-key",
                "apiKey",
                "keyId",
                "keys",
                "AWSAccessKeyId",
                "code",
                "auth_code",
                "authcode",
                "codes",
                "session",
                "sessionid",
                "PHPSESSIONID",
                "JSESSIONID",
                "sid",
                "userSid",
                "userSID",
                "signature",
                "X-Amz-Signature",
                "sig",
                "X-Amz-Credential",
                "auth",
                "authorization",
                "jwt",
                "otp",
                "pin",
                "cardPin",
                "client_assertion",
                "SAMLResponse",
                "ticket",
                "%74oken",
                "%74%6F%6b%65%6E",
                "api%5Fkey",
                "%2574oken%3D=%74oken"
            })
    void hidesWhatIsNamedAsASecret(String name) {
        assertEquals("a=1&" + first(name) + "***&b=2", SecretParameters.maskQuery("a=1&" + name + "=v%20!&b=2"));
        assertEquals("/x?" + first(name) + "***", SecretParameters.maskAddress("/x?" + name + "=v=w"));
        assertEquals("/x;" + first(name) + "***?a", SecretParameters.maskAddress("/x;" + name + "=v?a"));
        assertEquals(
                "https://shop.example/x?a&" + first(name) + "***#b",
                SecretParameters.maskAddress("https://shop.example/x?a&" + name + "=v#b"));
    }

    /** A name with a = in it ends there. */
    private static String first(String name) {
        return (name + "=").replaceFirst("=.*", "=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyword=a",
                "encoded=a",
                "codec=a",
                "side=left",
                "inside=a",
                "design=a",
                "pinned=1",
                "spin=1",
                "passenger=ada",
                "compass=n",
                "author=ada",
                "page=2",
                "q=password",
                "token",
                "a==",
                "=",
                "&&",
                "",
                "%",
                "%7",
                "%zz=1",
                "next=%2Fa%3Fb%3D1"
            })
    void leavesTheRest(String query) {
        assertEquals(query, SecretParameters.maskQuery(query));
        assertEquals("/x?" + query, SecretParameters.maskAddress("/x?" + query));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /login?next=%2Freset%3Ftoken%3Dx1          | /login?next=***
            /login?next=%252Freset%253Ftoken%253Dx1    | /login?next=***
            /login?next=/reset?token=x1&a=b            | /login?next=/reset?token=***&a=b
            /a?b=c=token=x1                            | /a?b=***
            /a#access_token=x1                         | /a#access_token=***
            /a?b#access_token=x1&c                     | /a?b#access_token=***&c
            /cart;jsessionid=x1?a=b                    | /cart;jsessionid=***?a=b
            /key=1/2                                   | /key=1/2
            https://ada:x1@shop.example/a              | https://***@shop.example/a
            https://ada:x@1@shop.example               | https://***@shop.example
            //x1@shop.example/?a@b                     | //***@shop.example/?a@b
            https://shop.example/@ada                  | https://shop.example/@ada
            https://a:x1@s.example/, https://b:x1@s/   | https://***@s.example/, https://***@s/
            /a//b:x1@s/?c=d                            | /a//***@s/?c=d
            /in?to=https://ada:x1@shop.example/        | /in?to=***
            /in?to=https%3A%2F%2Fada%3Ax1%40s.example  | /in?to=***
            /in?to=https%253A%252F%252Fada%253Ax1%2540s | /in?to=***
            /in?to=%2F%2Fs.example%2F%40ada            | /in?to=%2F%2Fs.example%2F%40ada
            /in?mail=ada@s.example&to=//s.example/     | /in?mail=ada@s.example&to=//s.example/
            *                                          | *
            """)
    void looksIntoAddresses(String address, String expected) {
        assertEquals(expected, SecretParameters.maskAddress(address));
    }

    @Test
    void takesNoneForNone() {
        assertNull(SecretParameters.maskAddress(null));
        assertNull(SecretParameters.maskQuery(null));
    }
}
