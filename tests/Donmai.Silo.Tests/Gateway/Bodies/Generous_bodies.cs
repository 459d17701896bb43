using System.Text.RegularExpressions;

namespace Donmai.Silo.Tests.Gateway.Bodies;

/// <summary>control-api.md §1.5, §4: bodies that are understood, and what their values come to.</summary>
public sealed class Generous_bodies(UntouchedDaemon daemon) : IClassFixture<UntouchedDaemon>
{
    public static TheoryData<string> Routes => [.. BodyRoute.All.Keys];

    public static TheoryData<string, string> NullableFields
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var (path, route) in BodyRoute.All)
            {
                foreach (var (name, type) in route.Fields)
                {
                    if (type is "text" or "map" or "object" or "int?" && !route.WellFormed.Contains($"\"{name}\"", StringComparison.Ordinal))
                        cases.Add(path, name);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Whatever_does_not_matter_does_not_matter(string path)
    {
        var route = BodyRoute.All[path];
        var known = route.WellFormed[1..^1];
        var rest = known.Length > 0 ? "," + known : "";
        string[] bodies =
        [
            route.WellFormed,
            $" \r\n\t{route.WellFormed}\n",
            route.WellFormed + " {\"sessionId\":7} trailing",
            $"{{\"unknown\":{{\"a\":[1,null,\"x\"]}}{rest}}}",
            $"{{\"unknown\":1,\"unknown\":2{rest}}}",
            Upper(route.WellFormed),
        ];
        foreach (var body in bodies)
            Same(await daemon.Post(path, body), route, body);
        foreach (var type in (string[])["text/plain", "application/x-www-form-urlencoded", "nonsense"])
        {
            Same(
                await daemon.Raw($"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {route.WellFormed.Length}\r\n\r\n{route.WellFormed}"),
                route,
                type);
        }

        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [MemberData(nameof(NullableFields))]
    public async Task Null_is_as_good_as_nothing(string path, string field)
    {
        var route = BodyRoute.All[path];

        Same(await daemon.Post(path, route.With(field, "null")), route, field);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task The_last_of_two_equal_keys_counts(string path)
    {
        var route = BodyRoute.All[path];
        var twice = "{\"then\":\"none\",\"key\":\"capacity.maxConcurrentSessions\",\"repository\":\"shop\",\"reason\":\"a\",\"repoUrl\":\"\"";

        Same(await daemon.Post(path, twice + (route.WellFormed.Length > 2 ? "," : "") + route.WellFormed[1..]), route, path);
        await daemon.ShouldBeUntouched();
    }

    [Theory]
    [InlineData("/api/daemon/sessions", "null", 400, """{"error":"sessionId is required"}""")]
    [InlineData("/api/daemon/sessions", "{}", 400, """{"error":"sessionId is required"}""")]
    [InlineData("/api/daemon/sessions", "", 400, """{"error":"invalid body: the body is empty"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":null,"repository":"shop"}""", 400, """{"error":"sessionId is required"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"","repository":"shop"}""", 400, """{"error":"sessionId is required"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1"}""", 400, """{"error":"repository is required"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":null}""", 400, """{"error":"repository is required"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":" "}""", 400, """{"error":"repository is required"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":"shop","maxDurationSeconds":-1}""", 400, """{"error":"maxDurationSeconds must not be negative"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":"shop","resources":{"vCpu":-1}}""", 400, """{"error":"resources must not be negative"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":"a\u0000b"}""", 400, """{"error":"repository must not contain control characters"}""")]
    [InlineData("/api/daemon/sessions", """{"sessionId":"s1","repository":"shop","ref":"--upload-pack=x"}""", 400, """{"error":"ref must not begin with a dash"}""")]
    [InlineData("/api/daemon/drain", """{"timeoutSeconds":-1}""", 400, """{"ok":false,"message":"timeoutSeconds must be >= 0"}""")]
    [InlineData("/api/daemon/drain", """{"timeoutSeconds":-2147483648,"then":"stop"}""", 400, """{"ok":false,"message":"timeoutSeconds must be >= 0"}""")]
    [InlineData("/api/daemon/drain", """{"then":""}""", 400, """{"ok":false,"message":"unknown then \"\"; it can be pause, stop or none"}""")]
    [InlineData("/api/daemon/drain", """{"then":"Pause"}""", 400, """{"ok":false,"message":"unknown then \"Pause\"; it can be pause, stop or none"}""")]
    [InlineData("/api/daemon/capacity", "", 400, """{"ok":false,"key":"","value":"","message":"invalid body: the body is empty"}""")]
    [InlineData("/api/daemon/capacity", "null", 400, """{"ok":false,"key":"","value":"","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":null,"value":null}""", 400, """{"ok":false,"key":"","value":"","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":"-1"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"-1","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":"abc"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"abc","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":" 3"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":" 3","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":"3.0"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"3.0","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":"2147483648"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"2147483648","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"capacity.maxConcurrentSessions","value":"9\u0000"}""", 400, """{"ok":false,"key":"capacity.maxConcurrentSessions","value":"9\u0000","message":"value must be non-negative integer"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"CAPACITY.MAXCONCURRENTSESSIONS","value":"3"}""", 400, """{"ok":false,"key":"CAPACITY.MAXCONCURRENTSESSIONS","value":"3","message":"unknown key"}""")]
    [InlineData("/api/daemon/capacity", """{"key":"","value":"3"}""", 400, """{"ok":false,"key":"","value":"3","message":"unknown key"}""")]
    [InlineData("/api/daemon/pool/evict", "", 400, """{"error":"invalid body: the body is empty"}""")]
    [InlineData("/api/daemon/pool/evict", "null", 400, """{"error":"repoUrl is required"}""")]
    [InlineData("/api/daemon/pool/evict", """{"repoUrl":null,"olderThanSeconds":5}""", 400, """{"error":"repoUrl is required"}""")]
    [InlineData("/api/daemon/pool/evict", """{"repoUrl":"","olderThanSeconds":5}""", 400, """{"error":"repoUrl is required"}""")]
    [InlineData("/api/daemon/pool/evict", """{"repoUrl":"shop"}""", 400, """{"error":"olderThanSeconds must be > 0"}""")]
    [InlineData("/api/daemon/pool/evict", """{"repoUrl":"shop","olderThanSeconds":0}""", 400, """{"error":"olderThanSeconds must be > 0"}""")]
    [InlineData("/api/daemon/pool/evict", """{"repoUrl":"shop","olderThanSeconds":-5}""", 400, """{"error":"olderThanSeconds must be > 0"}""")]
    [Trait("spec", "CA-9")]
    public async Task A_value_that_cannot_be_is_refused_by_its_name(string path, string body, int status, string answer)
    {
        var given = await daemon.Post(path, body);

        given.Status.ShouldBe(status);
        given.Header("Content-Type").ShouldBe("application/json");
        given.Body.ShouldBe(answer + "\n");
        await daemon.ShouldBeUntouched();
    }

    [Fact]
    public async Task Texts_far_too_long_are_refused_and_written_nowhere()
    {
        var (id, word) = (new string('s', 129), new string('x', 200_000));

        (await daemon.Post("/api/daemon/sessions", $$"""{"sessionId":"{{id}}","repository":"shop"}""")).Json.GetProperty("error").GetString()!.ShouldStartWith("sessionId must be 1 to 128 characters");
        (await daemon.Post("/api/daemon/sessions", $$"""{"sessionId":"s1","repository":"{{word}}"}""")).Status.ShouldBe(400);
        (await daemon.Post("/api/daemon/capacity", $$"""{"key":"{{word}}","value":"3"}""")).Json.GetProperty("message").GetString().ShouldBe("unknown key");
        (await daemon.Post("/api/daemon/capacity", $$"""{"key":"capacity.poolMaxDiskGb","value":"{{word}}"}""")).Status.ShouldBe(400);
        (await daemon.Post("/api/daemon/drain", $$"""{"then":"{{word}}"}""")).Status.ShouldBe(400);
        (await daemon.Post("/api/daemon/pool/evict", $$"""{"repoUrl":"{{word}}","olderThanSeconds":9223372036854775807}""")).Status.ShouldBe(200);
        (await daemon.Post("/api/daemon/sessions/gone/stop", $$"""{"reason":"{{word}}"}""")).Status.ShouldBe(200);
        await daemon.ShouldBeUntouched();
    }

    private static string Upper(string json) => Regex.Replace(
        json, "\"\\w+\":", static key => key.Value.ToUpperInvariant(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static void Same(RawAnswer answer, BodyRoute route, string what)
    {
        answer.Status.ShouldBe(route.Status, what);
        if (route.Answer.Length > 0)
            answer.Body.ShouldBe(route.Answer + "\n", what);
    }
}
