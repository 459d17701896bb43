using System.Text.Encodings.Web;
using System.Text.Json;

namespace Donmai.Silo.Tests.Gateway.Bodies;

/// <summary>control-api.md §1.5, §10: every field of every body, as it must not be. A whole daemon answers, and stays as it was.</summary>
public sealed class Malformed_bodies(UntouchedDaemon daemon) : IClassFixture<UntouchedDaemon>
{
    /// <summary>Wrong values by type of field, and where after the value's first character the reader notices.</summary>
    private static readonly Dictionary<string, string[]> WrongValues = new()
    {
        ["text"] = ["5", "1e9", "true", "{}", "[]", "[\"a\"]"],
        ["int"] = ["null", "\"5\"", "\"\"", "true", "{}", "[]", "1.5", "1e400", "2147483648", "-2147483649", "99999999999999999999", "0.1e1"],
        ["int?"] = ["\"5\"", "true", "{}", "[]", "1.5", "1e400", "2147483648"],
        ["long"] = ["null", "\"5\"", "\"\"", "true", "{}", "[]", "1.5", "1e400", "9223372036854775808", "99999999999999999999999"],
        ["flag"] = ["null", "\"true\"", "1", "{}", "[]"],
        ["map"] = ["5", "\"x\"", "true", "[]", "{\"A\":1}", "{\"A\":{}}", "{\"A\":[]}", "{\"A\":true}"],
        ["object"] = ["5", "\"x\"", "true", "[]"],
    };

    public static TheoryData<string, string, string> WrongTypes => Each(static type => WrongValues[type]);

    public static TheoryData<string, string, string> TextFields =>
        Each(static type => type is "text" ? ["\"\u00ff\"", "\"\u00c3\u0028\"", "\"\u00ed\u00a0\u0080\"", "\"a\u00c0\u0080b\"", "\"\\ud800\""] : []);

    public static TheoryData<string> Routes => [.. BodyRoute.All.Keys];

    public static TheoryData<string, string> NoJson
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var path in BodyRoute.All.Keys)
            {
                foreach (var body in (string[])
                    ["hello", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{'a':1}", "// {}\n{}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":NaN}", "\u00ef\u00bb\u00bf{}", "\0", "nul", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}"])
                    cases.Add(path, body);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(WrongTypes))]
    [Trait("spec", "CA-9")]
    public async Task A_value_of_the_wrong_type_is_400_and_says_which(string path, string field, string value)
    {
        var route = BodyRoute.All[path];
        var answer = await daemon.Post(path, route.With(field, value));

        answer.Status.ShouldBe(400);
        answer.Header("Content-Type").ShouldBe("application/json");
        var inner = value.StartsWith("{\"A\"", StringComparison.Ordinal) ? field + ".A" : field;
        answer.Body.ShouldStartWith(route.Refusal("#")[..route.Refusal("#").IndexOf('#', StringComparison.Ordinal)] + $"'{inner}' has a value of the wrong type (line 1, column ");
        answer.Body.ShouldBe(route.Refusal(ReasonIn(answer.Body)));
        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(NoJson))]
    public async Task What_is_no_JSON_is_400(string path, string body)
    {
        var answer = await daemon.Post(path, body);

        answer.Status.ShouldBe(400);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Body.ShouldBe(BodyRoute.All[path].Refusal(ReasonIn(answer.Body)));
        ReasonIn(answer.Body).ShouldStartWith("it is no JSON (line ");
        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task What_is_no_object_is_400(string path)
    {
        foreach (var body in (string[])["[]", "[{}]", "5", "\"text\"", "true", "1e5"])
        {
            var answer = await daemon.Post(path, body);

            answer.Status.ShouldBe(400, body);
            answer.Body.ShouldBe(BodyRoute.All[path].Refusal(ReasonIn(answer.Body)));
            ReasonIn(answer.Body).ShouldStartWith("it must be a JSON object (line 1, column ");
        }

        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nesting_beyond_64_is_400_in_any_key(string path)
    {
        foreach (var (open, close) in ((string, string)[])[("[", "]"), ("{\"a\":", "}")])
        {
            var nest = string.Concat(Enumerable.Repeat(open, 5000)) + "1" + string.Concat(Enumerable.Repeat(close, 5000));
            var answer = await daemon.Post(path, $"{{\"unknown\":{nest}}}");

            answer.Status.ShouldBe(400);
            answer.Body.ShouldBe(BodyRoute.All[path].Refusal(ReasonIn(answer.Body)));
        }

        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(TextFields))]
    public async Task Text_that_is_no_UTF_8_is_400(string path, string field, string value)
    {
        var answer = await daemon.Post(path, BodyRoute.All[path].With(field, value));

        answer.Status.ShouldBe(400);
        answer.Body.ShouldBe(BodyRoute.All[path].Refusal(ReasonIn(answer.Body)));
        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_body_of_1_MiB_is_read_and_one_byte_more_is_413(string path)
    {
        var route = BodyRoute.All[path];
        var fits = Padded(route, 1024 * 1024);

        (await daemon.Post(path, fits)).Status.ShouldBe(route.Status);
        foreach (var chunked in (bool[])[false, true])
        {
            var answer = await daemon.Post(path, fits + " ", chunked);
            answer.Status.ShouldBe(413);
            answer.Header("Content-Type").ShouldBe("application/json");
            answer.Body.ShouldBe("{\"error\":\"request body too large\"}\n");
        }

        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_chunked_body_is_as_good_as_another(string path)
    {
        var route = BodyRoute.All[path];

        Same(await daemon.Post(path, route.WellFormed, chunked: true), route);
        var wrong = await daemon.Raw($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{{}}\r\n0\r\n\r\n");
        wrong.Status.ShouldBe(400);
        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Half_a_body_changes_nothing(string path)
    {
        var route = BodyRoute.All[path];
        var half = await daemon.Raw(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {route.WellFormed.Length + 1}\r\n\r\n{route.WellFormed}", halfClose: true);

        half.Status.ShouldBeOneOf(0, 400);
        await daemon.ShouldBeUntouched();
    }

    private static void Same(RawAnswer answer, BodyRoute route)
    {
        answer.Status.ShouldBe(route.Status);
        if (route.Answer.Length > 0)
            answer.Body.ShouldBe(route.Answer + "\n");
    }

    private static string Padded(BodyRoute route, int length)
    {
        var start = route.WellFormed[..^1] + (route.WellFormed.Length > 2 ? "," : "") + "\"unknown\":\"";
        return start + new string('x', length - start.Length - 2) + "\"}";
    }

    private static string ReasonIn(string body)
    {
        var answer = JsonDocument.Parse(body).RootElement;
        var text = (answer.TryGetProperty("error", out var error) ? error : answer.GetProperty("message")).GetString()!;
        text.ShouldStartWith("invalid body: ");
        return JsonEncodedText.Encode(text["invalid body: ".Length..], JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
    }

    private static TheoryData<string, string, string> Each(Func<string, string[]> values)
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var (path, route) in BodyRoute.All)
        {
            foreach (var (field, type) in route.Fields)
            {
                foreach (var value in values(type))
                    cases.Add(path, field, value);
            }
        }

        return cases;
    }
}
