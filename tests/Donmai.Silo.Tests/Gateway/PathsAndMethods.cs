namespace Donmai.Silo.Tests.Gateway;

/// <summary>control-api.md §1.4: what is dispatched where, and what is not.</summary>
public sealed class PathsAndMethods : IAsyncLifetime
{
    private GatewayUnderTest _gateway = null!;

    public static TheoryData<string, string> KnownPaths => new()
    {
        { "/healthz", "GET" },
        { "/openapi/v1.json", "GET" },
        { "/api/daemon/status", "GET" },
        { "/api/daemon/stats", "GET" },
        { "/api/daemon/pause", "POST" },
        { "/api/daemon/resume", "POST" },
        { "/api/daemon/stop", "POST" },
        { "/api/daemon/drain", "POST" },
        { "/api/daemon/update", "POST" },
        { "/api/daemon/capacity", "GET, POST" },
        { "/api/daemon/pool/stats", "GET" },
        { "/api/daemon/pool/evict", "POST" },
        { "/api/daemon/heartbeat", "GET" },
        { "/api/daemon/doctor", "GET" },
        { "/api/daemon/capabilities", "GET" },
        { "/api/daemon/providers", "GET" },
        { "/api/daemon/providers/", "GET" },
        { "/api/daemon/providers/claude", "GET" },
        { "/api/daemon/providers/claude/extra", "GET" },
        { "/api/daemon/sessions", "GET, POST" },
        { "/api/daemon/sessions/", "GET" },
        { "/api/daemon/sessions/s1", "GET" },
        { "/api/daemon/sessions/s1/inspect", "GET" },
        { "/api/daemon/sessions/s1/events", "GET" },
        { "/api/daemon/sessions/s1/logs", "GET" },
        { "/api/daemon/sessions/s1/stop", "POST" },
        { "/api/daemon/sessions/s1%2Fstop", "POST" },
        { "/api/daemon/workareas", "GET" },
        { "/api/daemon/workareas/", "GET" },
        { "/api/daemon/workareas/wa-1", "DELETE, GET" },
        { "/api/daemon/routing/config", "GET" },
        { "/api/daemon/routing/simulate", "POST" },
        { "/api/daemon/routing/explain/", "GET" },
        { "/api/daemon/routing/explain/s1", "GET" },
        { "/api/daemon/routing/explain/s1/more", "GET" },
    };

    public async Task InitializeAsync() => _gateway = await GatewayUnderTest.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [MemberData(nameof(KnownPaths))]
    [Trait("spec", "CA-4")]
    [Trait("spec", "RT-12")]
    [Trait("spec", "RT-14")]
    public async Task A_wrong_method_is_405_with_the_right_ones(string path, string allowed)
    {
        foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
        {
            if (allowed.Split(", ").Contains(method))
                continue;
            var answer = await _gateway.Raw(method, path);

            answer.Status.ShouldBe(405, $"{method} {path}");
            answer.Header("Allow").ShouldBe(allowed, $"{method} {path}");
            answer.Header("Content-Type").ShouldBe("application/json");
            if (method is not "HEAD")
                answer.Json.GetProperty("error").GetString().ShouldBe("method not allowed");
        }
    }

    [Theory]
    [MemberData(nameof(KnownPaths))]
    [Trait("spec", "CA-3")]
    public async Task A_listed_method_is_never_405(string path, string allowed)
    {
        _gateway.AddSession("s1");
        _gateway.AnswerEverything();
        foreach (var method in allowed.Split(", "))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await _gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            ((int)answer.StatusCode).ShouldNotBe(405, $"{method} {path}");
            if (!path.EndsWith('/') && !path.Contains("explain", StringComparison.Ordinal) && !path.Contains("wa-1", StringComparison.Ordinal) && !path.Contains("providers/", StringComparison.Ordinal))
                ((int)answer.StatusCode).ShouldNotBe(404, $"{method} {path}");
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/daemon")]
    [InlineData("/api/daemon/nothing")]
    [InlineData("/healthz/")]
    [InlineData("/Healthz")]
    [InlineData("/api/daemon/Status")]
    [InlineData("/API/daemon/status")]
    [InlineData("/api/daemon/status/")]
    [InlineData("/api/daemon/status/more")]
    [InlineData("/api/daemon/sessions/")]
    [InlineData("/api/daemon/sessions/s1/")]
    [InlineData("/api/daemon/stats/")]
    [InlineData("/api/daemon/pause/")]
    [InlineData("/api/daemon/capacity/")]
    [InlineData("/api/daemon/pool")]
    [InlineData("/api/daemon/pool/")]
    [InlineData("/api/daemon/pool/stats/")]
    [InlineData("/api/daemon/pool/evict/")]
    [InlineData("/api/daemon/heartbeat/")]
    [InlineData("/api/daemon/doctor/")]
    [InlineData("/api/daemon/capabilities/")]
    [InlineData("/api/daemon/Providers")]
    [InlineData("/api/daemon/providers/claude/")]
    [InlineData("/api/daemon/kits/")]
    [InlineData("/api/daemon/kit-sources/")]
    [InlineData("/openapi")]
    [InlineData("/openapi/v1.json/")]
    [InlineData("/openapi/v2.json")]
    [InlineData("/api/daemon/sessions/s1/EVENTS")]
    [InlineData("/api/daemon/workareas/a/b")]
    [InlineData("/api/daemon/workareas/a%2Fb")]
    [InlineData("/api/daemon/workareas/wa-1/")]
    [InlineData("/api/daemon/routing/explain/s1/")]
    [InlineData("/api//daemon/status")]
    [InlineData("//api/daemon/status")]
    [InlineData("/api/daemon/./status")]
    [InlineData("/api/daemon/x/../status")]
    [InlineData("/api/daemon/status/..")]
    [InlineData("/api/daemon/status/.")]
    [InlineData("/api/daemon/%2e%2e/daemon/status")]
    [InlineData("/api/daemon/x%2F..%2Fstatus")]
    [InlineData("/api%2F%2Fdaemon/status")]
    public async Task An_unknown_path_is_404_in_JSON_and_never_a_redirect(string path)
    {
        var answer = await _gateway.Raw("GET", path);

        answer.Status.ShouldBe(404);
        answer.Header("Content-Type").ShouldBe("application/json");
        answer.Header("Location").ShouldBeNull();
        answer.Json.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("POST", "/api/daemon/routing/explain")]
    [InlineData("GET", "/api/daemon/routing/explain")]
    [InlineData("POST", "/api/daemon/nothing")]
    [InlineData("OPTIONS", "*")]
    [InlineData("DELETE", "/api/daemon/status/")]
    [InlineData("POST", "/api/daemon/pause/")]
    [InlineData("POST", "/api/daemon/pool/evict/")]
    [InlineData("POST", "/api/daemon/kits/")]
    [InlineData("POST", "/api/daemon/kit-sources/")]
    [InlineData("DELETE", "/api/daemon/providers/claude/")]
    public async Task A_path_that_is_no_path_of_the_API_is_404_for_every_method(string method, string path) =>
        (await _gateway.Raw(method, path)).Status.ShouldBe(404);

    [Theory]
    [InlineData("/api/daemon/workareas/..")]
    [InlineData("/api/daemon/workareas/%2e%2e")]
    [InlineData("/api/daemon/workareas/..%2f..%2fetc")]
    [InlineData("/api/daemon/workareas/a%5cb")]
    [InlineData("/api/daemon/workareas/a%0ab")]
    [Trait("spec", "WA-7")]
    public async Task A_work_area_cannot_be_named_out_of_its_root(string path) =>
        (await _gateway.Raw("GET", path)).Status.ShouldBe(404);

    [Fact]
    public async Task A_path_with_a_NUL_is_refused_before_any_route() =>
        (await _gateway.Raw("GET", "/api/daemon/workareas/a%00b")).Status.ShouldBe(400);

    [Theory]
    [InlineData("/api/daemon/%73tatus")]
    [InlineData("/api%2Fdaemon%2Fstatus")]
    [InlineData("/api/daemon/status?verbose=1&x=../..")]
    [InlineData("http://127.0.0.1/api/daemon/status")]
    public async Task A_path_counts_percent_decoded_and_without_its_query(string target) =>
        (await _gateway.Raw("GET", target)).Status.ShouldBe(200);

    [Fact]
    public async Task The_list_of_work_areas_has_two_paths() =>
        (await _gateway.Raw("GET", "/api/daemon/workareas/")).Json.GetProperty("active").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("/api/daemon/sessions/gone", "gone")]
    [InlineData("/api/daemon/sessions/a/b", "a/b")]
    [InlineData("/api/daemon/sessions/a%2Fb", "a/b")]
    [InlineData("/api/daemon/sessions/gone/inspect", "gone")]
    [InlineData("/api/daemon/sessions/gone/events", "gone")]
    [Trait("spec", "CA-16")]
    public async Task An_unknown_session_is_404_with_its_id(string path, string id)
    {
        var answer = await _gateway.Raw("GET", path);

        answer.Status.ShouldBe(404);
        answer.Json.GetProperty("error").GetString().ShouldBe("session not found");
        answer.Json.GetProperty("sessionId").GetString().ShouldBe(id);
    }

    [Theory]
    [InlineData("/api/daemon/routing/explain/gone", "gone")]
    [InlineData("/api/daemon/routing/explain/", "")]
    [InlineData("/api/daemon/routing/explain/a/b", "a/b")]
    [InlineData("/api/daemon/routing/explain/a%2Fb", "a/b")]
    [Trait("spec", "RT-14")]
    public async Task An_unknown_decision_is_404_with_its_id(string path, string id)
    {
        var answer = await _gateway.Raw("GET", path);

        answer.Status.ShouldBe(404);
        answer.Json.GetProperty("error").GetString().ShouldBe("routing decision not found");
        answer.Json.GetProperty("sessionId").GetString().ShouldBe(id);
    }

    [Fact]
    [Trait("spec", "CA-2")]
    public async Task Health_is_exactly_ok()
    {
        var answer = await _gateway.Raw("GET", "/healthz");

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe("ok");
        answer.Header("Content-Type").ShouldBe("text/plain; charset=utf-8");
    }
}
