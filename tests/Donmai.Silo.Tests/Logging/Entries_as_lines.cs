using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Donmai.Core.Sessions.Logs;
using Donmai.Silo.Logging;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Tests.Logging;

/// <summary>daemon-runtime.md §2.3 observability.logFormat, §14.5.</summary>
public sealed class Entries_as_lines
{
    private static readonly string[] Keys = ["time", "level", "category", "eventId", "message", "traceId", "spanId", "fields", "scopes", "exception"];

    [Fact]
    public void An_ndjson_entry_has_its_names_its_scopes_and_its_trace()
    {
        using var bed = new LogBed().Open(LogFormat.Ndjson);
        using var step = new Activity("step").Start();
        using (bed.Logger().BeginScope("recovery"))
        using (bed.Logger().BeginScope(new Dictionary<string, object?> { ["Machine"] = "box", ["SessionId"] = "outer" }))
            bed.Logger().Turns("s-1", 3);

        var entry = bed.Entries().ShouldHaveSingleItem();

        entry.EnumerateObject().Select(static key => key.Name).ShouldBe(Keys[..^1]);
        entry.GetProperty("time").GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        entry.GetProperty("level").GetString().ShouldBe("information");
        entry.GetProperty("category").GetString().ShouldBe("Donmai.Test");
        entry.GetProperty("eventId").GetInt32().ShouldBe(42);
        entry.GetProperty("message").GetString().ShouldBe("Session s-1 has 3 turns");
        entry.GetProperty("traceId").GetString().ShouldBe(step.TraceId.ToHexString());
        entry.GetProperty("spanId").GetString().ShouldBe(step.SpanId.ToHexString());
        entry.GetProperty("fields").GetRawText().ShouldBe("""{"Machine":"box","SessionId":"s-1","Count":3}""");
        entry.GetProperty("scopes")[0].GetString().ShouldBe("recovery");
    }

    [Fact]
    public void Every_line_is_json_whatever_it_says()
    {
        using var bed = new LogBed().Open(LogFormat.Ndjson);
        var nasty = "quote \" backslash \\ line\nfeed \r tab \t nul \0 escape \u001b[31m lone \ud800 emoji 🦉 <b>";
        bed.Logger().Said(nasty, new InvalidOperationException(nasty));
        bed.Logger().Said(new string('x', 100_000));

        var entries = bed.Entries();

        entries.Length.ShouldBe(2);
        entries[0].GetProperty("message").GetString()!.ShouldContain("line\nfeed");
        entries[0].GetProperty("exception").GetString()!.ShouldContain("InvalidOperationException");
        entries[1].GetProperty("message").GetString()!.Length.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void A_text_entry_is_one_line_that_cannot_steer_a_terminal()
    {
        using var bed = new LogBed().Open();
        bed.Logger().Said("one\r\ntwo \u001b[31mred\u001b[0m \a", new InvalidOperationException("three"));

        var line = bed.Lines().ShouldHaveSingleItem();

        line.ShouldMatch("""^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z fail: Donmai\.Test\[43\] It said one ⏎ two """);
        line.ShouldContain("InvalidOperationException: three");
        line.ShouldNotContain("\u001b");
        line.ShouldNotContain("\a");
    }

    [Fact]
    public void A_journal_gets_priorities_and_no_time_of_ours()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        new JournalPriority(new TextLayout(withTime: false)).Write(
            new LogEntry { Time = DateTimeOffset.UnixEpoch, Level = LogLevel.Warning, Category = "C", EventId = 7, Message = "Careful" }, output);

        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe("<4>warn: C[7] Careful\n");
    }

    [Fact]
    public void Standard_error_and_the_file_say_the_same()
    {
        var error = new MemoryStream();
        using var bed = new LogBed { Error = error }.Open();
        bed.Logger().Turns("s-1", 3);

        var lines = bed.Lines();

        Encoding.UTF8.GetString(error.ToArray()).ShouldBe(lines.ShouldHaveSingleItem() + "\n");
    }

    [Fact]
    public void What_is_logged_before_the_log_is_open_is_not_lost()
    {
        using var bed = new LogBed();
        bed.Logger().Turns("early", 1);
        bed.Open().Logger().Turns("late", 2);

        bed.Lines().Select(static line => line.Contains("early", StringComparison.Ordinal)).ShouldBe([true, false]);
    }

    [Fact]
    public void Only_what_is_important_enough_is_logged()
    {
        using var bed = new LogBed().Open();
        bed.Logger().Detail();
        bed.Logger("Microsoft.AspNetCore.Server").Turns("web", 1);
        bed.Logger("Orleans.Runtime").Turns("engine", 1);
        bed.Logger("Orleans.Runtime").Said("trouble");

        bed.Lines().ShouldHaveSingleItem().ShouldContain("trouble");
    }

    [Fact]
    public void Secrets_are_in_no_output_in_no_place_of_an_entry()
    {
        var secrets = new SecretRedactor();
        secrets.Add("correct horse \"battery\"");
        secrets.AddFrom(new Dictionary<string, string> { ["SHOP_API_KEY"] = "k3y-of-the-shop", ["HARMLESS"] = "visible-value" });
        var error = new MemoryStream();
        using var bed = new LogBed(secrets: secrets) { Error = error }.Open(LogFormat.Ndjson);
        string[] hidden =
        [
            "correct horse \"battery\"", "k3y-of-the-shop", "rsp_live_0123456789abcdef", "rsk_live_ABCDEF-xyz",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl-_x", "ghp_abcdefghijklmnopqrstuvwxyz012345", "hunter2hunter2",
        ];
        var text = string.Join(" | ", hidden[..^1]) + " | Authorization: Bearer opaque+token/1= | authorization=basic dXNlcjpwYXNz | https://joe:hunter2hunter2@git.example/x | visible-value";
        using (bed.Logger().BeginScope(text))
        using (bed.Logger().BeginScope(new Dictionary<string, object?> { ["Scope"] = text }))
            bed.Logger().Said(text, new InvalidOperationException(text));

        var written = string.Join('\n', bed.Lines()) + '\n' + Encoding.UTF8.GetString(error.ToArray());
        var plain = string.Join('\n', written.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(static line => Texts(JsonDocument.Parse(line).RootElement)));

        foreach (var secret in hidden.Append("opaque+token/1=").Append("dXNlcjpwYXNz"))
        {
            written.ShouldNotContain(secret);
            plain.ShouldNotContain(secret);
        }

        plain.ShouldContain("visible-value");
        plain.ShouldContain("git.example");
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member => Texts(member.Value).Append(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [element.GetString()!],
        _ => [element.GetRawText()],
    };
}
