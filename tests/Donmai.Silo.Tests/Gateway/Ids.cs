using NSubstitute;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.4, §4.10, §6.2, §9: ids that are none, on every route that takes one.</summary>
public sealed class Ids : IAsyncLifetime
{
    private static readonly (string Method, string Path, string Error, string Key)[] Routes =
    [
        ("GET", "/api/daemon/sessions/{id}", "session not found", "sessionId"),
        ("GET", "/api/daemon/sessions/{id}/inspect", "session not found", "sessionId"),
        ("GET", "/api/daemon/sessions/{id}/events", "session not found", "sessionId"),
        ("GET", "/api/daemon/sessions/{id}/logs", "session not found", "sessionId"),
        ("GET", "/api/daemon/providers/{id}", "provider not found", "providerId"),
        ("GET", "/api/daemon/workareas/{id}", "workarea not found", "workareaId"),
        ("GET", "/api/daemon/routing/explain/{id}", "routing decision not found", "sessionId"),
    ];

    private GatewayUnderTest _gateway = null!;

    public static TheoryData<int, string, string> NamedIds
    {
        get
        {
            var cases = new TheoryData<int, string, string>();
            for (var route = 0; route < Routes.Length; route++)
            {
                foreach (var (sent, id) in ((string, string)[])
                    [("gone", "gone"), ("%67one", "gone"), ("a%20b", "a b"), ("%C3%A9", "é"), ("a:b", "a:b"), ("...", "..."), (".hidden", ".hidden"), ("a%5Cb", "a\\b"),
                     ("a%0Ab", "a\nb"), ("%2525", "%25"), ("a%3Fb", "a?b"), ("a+b", "a+b"), ("~", "~"), ("a%7Fb", "a\u007fb"), ("%F0%9F%90%99", "🐙")])
                    cases.Add(route, sent, id);
            }

            return cases;
        }
    }

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(NamedIds))]
    [Trait("spec", "CA-16")]
    public async Task An_id_that_nothing_has_is_404_with_the_id_as_it_was_meant(int route, string sent, string id)
    {
        var (method, path, error, key) = Routes[route];

        var answer = await _gateway.Raw(method, path.Replace("{id}", sent, StringComparison.Ordinal));

        answer.Status.ShouldBe(404);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Json.GetProperty("error").GetString().ShouldBe(error);
        answer.Json.GetProperty(key).GetString().ShouldBe(id);
        answer.Json.EnumerateObject().Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_id_of_5000_characters_is_404_like_any_other()
    {
        var id = new string('x', 5000);
        foreach (var (method, path, error, key) in Routes)
        {
            var answer = await _gateway.Raw(method, path.Replace("{id}", id, StringComparison.Ordinal));

            answer.Status.ShouldBe(404, path);
            answer.Json.GetProperty("error").GetString().ShouldBe(error);
            answer.Json.GetProperty(key).GetString().ShouldBe(id);
        }
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("%2e")]
    [InlineData("%2E%2e")]
    [InlineData("a/../b")]
    [InlineData("a%2F..%2Fb")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("a//b")]
    [InlineData("%2F%2Fa")]
    public async Task An_id_that_would_lead_elsewhere_leads_nowhere(string id)
    {
        foreach (var (method, path, _, _) in Routes)
        {
            var answer = await _gateway.Raw(method, path.Replace("{id}", id, StringComparison.Ordinal));

            answer.Status.ShouldBe(404, path);
            answer.Body.ShouldBe("{\"error\":\"not found\"}\n", path);
        }

        (await _gateway.Raw("POST", $"/api/daemon/sessions/{id}/stop")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_id_with_a_NUL_is_refused_by_the_server()
    {
        foreach (var (method, path, _, _) in Routes)
            (await _gateway.Raw(method, path.Replace("{id}", "a%00b", StringComparison.Ordinal))).Status.ShouldBe(400, path);
    }

    [Theory]
    [InlineData("GET", "/api/daemon/sessions/", 404, """{"error":"session not found","sessionId":""}""")]
    [InlineData("GET", "/api/daemon/sessions//inspect", 404, """{"error":"not found"}""")]
    [InlineData("POST", "/api/daemon/sessions/", 405, """{"error":"method not allowed"}""")]
    [InlineData("POST", "/api/daemon/sessions//stop", 404, """{"error":"not found"}""")]
    [InlineData("GET", "/api/daemon/providers/", 404, """{"error":"provider not found","providerId":""}""")]
    [InlineData("GET", "/api/daemon/providers/%20", 404, """{"error":"provider not found","providerId":" "}""")]
    [InlineData("DELETE", "/api/daemon/providers/", 405, """{"error":"method not allowed"}""")]
    [InlineData("GET", "/api/daemon/routing/explain/", 404, """{"error":"routing decision not found","sessionId":""}""")]
    [InlineData("GET", "/api/daemon/routing/explain", 404, """{"error":"not found"}""")]
    [InlineData("PUT", "/api/daemon/routing/explain/", 405, """{"error":"method not allowed"}""")]
    public async Task An_id_that_is_not_there_is_what_the_table_of_slashes_says(string method, string path, int status, string body)
    {
        var answer = await _gateway.Raw(method, path);

        answer.Status.ShouldBe(status);
        answer.Body.ShouldBe(body + "\n");
    }

    [Theory]
    [InlineData("claude/extra", "claude/extra")]
    [InlineData("claude%2Fextra", "claude/extra")]
    [InlineData("claude/extra/more", "claude/extra/more")]
    [Trait("spec", "CA-19")]
    public async Task A_nested_provider_is_404_also_when_the_provider_exists(string sent, string id)
    {
        _gateway.Providers.Show("claude").Returns(new Donmai.Providers.Provider { Id = "claude" });

        (await _gateway.Raw("GET", "/api/daemon/providers/claude")).Status.ShouldBe(200);
        var answer = await _gateway.Raw("GET", "/api/daemon/providers/" + sent);

        answer.Status.ShouldBe(404);
        answer.Body.ShouldBe($"{{\"error\":\"provider not found\",\"providerId\":\"{id}\"}}\n");
    }
}
