using System.Globalization;
using System.Net;
using Donmai.Silo.Tests.Daemon;
using Donmai.Silo.Tests.Gateway;
using Donmai.Workareas;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace Donmai.Silo.Tests.Workareas;

/// <summary>workareas.md §3, §5 and control-api.md §8, through gateway, grains and disk.</summary>
public sealed class Restoring_over_HTTP
{
    private const string Base = "/api/daemon/workareas";

    [Fact, Trait("spec", "WA-9"), Trait("spec", "WA-14")]
    public async Task A_restored_work_area_is_made_listed_inspected_and_removed()
    {
        await using var daemon = await RunningDaemon.Start();
        Archive(daemon, "wa-7f03");
        await daemon.Accept("zzz");

        var (status, answer) = await daemon.Post($"{Base}/wa-7f03/restore", """{"reason":"look","intoSessionId":"ses_debug_1"}""");

        status.ShouldBe(HttpStatusCode.Created);
        var made = answer.GetProperty("workarea");
        var id = made.GetProperty("id").GetString().ShouldNotBeNull();
        id.ShouldStartWith("wa-7f03-restore-");
        made.GetProperty("sessionId").GetString().ShouldBe("ses_debug_1");
        (await File.ReadAllTextAsync(Path.Join(made.GetProperty("path").GetString(), "src", "a"))).ShouldBe("hello");

        var active = (await daemon.Get(Base)).Json.GetProperty("active").EnumerateArray().ToList();
        active.Select(static row => row.GetProperty("id").GetString()).ShouldBe([id, "zzz"]);
        active[0].GetProperty("kind").GetString().ShouldBe("active");
        active[0].GetProperty("status").GetString().ShouldBe("ready");
        active[1].GetProperty("providerId").GetString().ShouldBe("local");
        (await daemon.Get($"{Base}/{id}")).Json.GetProperty("workarea").GetProperty("manifest").GetProperty("ticket").GetString().ShouldBe("ACME-318");

        (await Delete(daemon, id)).ShouldBe(HttpStatusCode.NoContent);
        (await daemon.Get($"{Base}/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Delete(daemon, id)).ShouldBe(HttpStatusCode.NotFound);
        (await daemon.Post($"{Base}/wa-7f03/restore", """{"intoSessionId":"ses_debug_1"}""")).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact, Trait("spec", "WA-10"), Trait("spec", "WA-12"), Trait("spec", "WA-15")]
    public async Task Every_refusal_has_its_status()
    {
        await using var daemon = await RunningDaemon.Start();
        Archive(daemon, "wa-1");
        Archive(daemon, "broken", "{");
        Directory.Delete(Archive(daemon, "treeless"), recursive: true);
        await daemon.Accept("ses_live");

        (await daemon.Post($"{Base}/wa-1/restore", "{")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await daemon.Post($"{Base}/wa-1/restore", """{"reason":7}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await daemon.Post($"{Base}/nothing/restore", "")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await daemon.Post($"{Base}/..%2f..%2fetc/restore", "")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await daemon.Post($"{Base}/broken/restore", "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await daemon.Post($"{Base}/treeless/restore", "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await daemon.Get($"{Base}/wa-1/restore")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        var (status, conflict) = await daemon.Post($"{Base}/wa-1/restore", """{"intoSessionId":"ses_live"}""");
        status.ShouldBe(HttpStatusCode.Conflict);
        conflict.GetProperty("error").GetString().ShouldBe("restore: intoSessionId \"ses_live\" already in use: conflict");
        (await Delete(daemon, "ses_live")).ShouldBe(HttpStatusCode.NotFound);
        (await Delete(daemon, "broken")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact, Trait("spec", "WA-11")]
    public async Task A_full_machine_says_when_to_try_again()
    {
        await using var daemon = await RunningDaemon.Start();
        Archive(daemon, "wa-1");
        (await daemon.Post($"{Base}/wa-1/restore", "")).Status.ShouldBe(HttpStatusCode.Created);
        (await daemon.Post($"{Base}/wa-1/restore", "null")).Status.ShouldBe(HttpStatusCode.Created);

        using var answer = await daemon.Http.PostAsync($"{Base}/wa-1/restore", null);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(30));
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("{\"error\":\"restore: service unavailable (pool saturated)");
    }

    [Theory, Trait("spec", "WA-11")]
    [InlineData(17000, 17)]
    [InlineData(900, 1)]
    [InlineData(1001, 2)]
    [InlineData(0, 1)]
    public async Task The_wait_is_told_in_whole_seconds_rounded_up(int milliseconds, int seconds)
    {
        await using var gateway = await GatewayUnderTest.Start();
        (gateway.Archives["wa-1"] = Substitute.For<IWorkareaGrain>()).Restore(default!).ThrowsAsyncForAnyArgs(new RestoreSaturatedException("full", TimeSpan.FromMilliseconds(milliseconds)));

        var answer = await gateway.Raw("POST", $"{Base}/wa-1/restore", "Content-Length: 0\r\n");

        answer.Status.ShouldBe(503);
        answer.Header("Retry-After").ShouldBe(seconds.ToString(CultureInfo.InvariantCulture));
    }

    [Fact, Trait("spec", "WA-10")]
    public async Task A_chunked_body_is_read()
    {
        await using var gateway = await GatewayUnderTest.Start();
        WorkareaRestore? asked = null;
        (gateway.Archives["wa-1"] = Substitute.For<IWorkareaGrain>()).Restore(Arg.Do<WorkareaRestore>(request => asked = request)).Returns(new Workarea { Id = "wa-1-restore-1" });

        var answer = await gateway.Raw(
            "POST /api/daemon/workareas/wa-1/restore HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "10\r\n{\"intoSessionId\"\r\n5\r\n:\"s\"}\r\n0\r\n\r\n");

        answer.Status.ShouldBe(201);
        asked.ShouldNotBeNull().IntoSessionId.ShouldBe("s");
    }

    private static string Archive(RunningDaemon daemon, string id, string manifest = """{"sessionId":"ses_0a41","ticket":"ACME-318"}""")
    {
        var archive = Path.Join(daemon.Options.Configuration.Current.ArchiveRoot, id);
        Directory.CreateDirectory(Path.Join(archive, "tree", "src"));
        File.WriteAllText(Path.Join(archive, "tree", "src", "a"), "hello");
        File.WriteAllText(Path.Join(archive, "manifest.json"), manifest);
        return Path.Join(archive, "tree");
    }

    private static async Task<HttpStatusCode> Delete(RunningDaemon daemon, string id)
    {
        using var answer = await daemon.Http.DeleteAsync($"{Base}/{id}");
        return answer.StatusCode;
    }
}
