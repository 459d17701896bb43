using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Donmai.Sessions;
using Donmai.Sessions.Events;

namespace Donmai.Worker.Providers.Stub;

/// <summary>The scripts of the stub (worker.md §4.1).</summary>
/// <param name="sessionId">The stub's own session id.</param>
/// <param name="request">What it was asked to do.</param>
/// <param name="resumed">Whether it continues a session.</param>
/// <param name="inbox">Messages given to it.</param>
/// <param name="clock">Source of time.</param>
internal sealed class StubScripts(
    string sessionId, AgentRequest request, bool resumed, ChannelReader<string> inbox, TimeProvider clock)
{
    private const int DefaultCount = 10_000;
    private const int DefaultBytes = 5_000_000;
    private const int DefaultSleep = 60;
    private const int DefaultTicks = 3;

    private readonly StubCommands _commands = new(request);

    /// <summary>Whether the turn has had its result.</summary>
    public bool HasResult { get; private set; }

    /// <summary>Plays a script.</summary>
    /// <param name="behavior">Its name.</param>
    /// <param name="turn">Turn of the session, from 1.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public async IAsyncEnumerable<AgentEvent> Play(string behavior, int turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HasResult = false;
        if (behavior is not ("inject-test" or "ask-then-continue"))
            while (inbox.TryRead(out _))
                continue; // messages that only start a turn
        if (behavior != "script" || turn > 1)
            yield return new InitEvent { SessionId = sessionId };
        if (behavior is not ("fail-on-clone" or "script"))
            yield return new SystemEvent { Subtype = resumed ? "resumed" : "starting" };
        await foreach (var happening in Body(behavior, turn, cancellationToken))
        {
            HasResult = happening is ResultEvent;
            yield return happening;
            if (HasResult)
                yield break;
        }
    }

    /// <summary>Ends what the script started.</summary>
    public Task<AgentStop> EndChildren(CancellationToken atOnce) => _commands.EndChildren(atOnce);

    private IAsyncEnumerable<AgentEvent> Body(string behavior, int turn, CancellationToken cancellationToken) => behavior switch
    {
        "fail-on-clone" => At(new ErrorEvent { Message = "the stub could not clone", Code = "clone_failed", Fatal = true }),
        "hang-then-timeout" => Hang(cancellationToken),
        "silent-fail" => At(),
        "slow-tool" => At([.. SlowTool()]),
        "cost-overrun" => At(Says("Spending a lot."), Success("Expensive.", 1_000_000, 500_000, 999.99, 42)),
        "mid-stream-error" => At(Says("Working."), new ErrorEvent { Message = "the stub crashed", Code = "provider_crash", Fatal = true }),
        "inject-test" => Inject(cancellationToken),
        "agent-failed" => At(
            Says("I cannot do this."),
            new ResultEvent { Success = false, Errors = ["the stub gave up"], ErrorSubtype = "error_during_execution" }),
        "commit-only" => Commit(cancellationToken),
        "dirty-tree" => Dirty(cancellationToken),
        "flood" => Flood(cancellationToken),
        "big-line" => At(Says(new string('x', request.Configuration.Number("stub.bytes") ?? DefaultBytes)), Success("Long.")),
        "two-turns" => At(Says($"Turn {turn}."), Success($"Turn {turn} done.", 10, 5, 0.001, 1)),
        "ask-then-continue" => turn == 1
            ? At(Says("Which way?"), Success("Asked."))
            : Continue(cancellationToken),
        "sleep" => Sleep(cancellationToken),
        "spawn-child" => SpawnChild(cancellationToken),
        "script" => Script(cancellationToken),
        _ => At([.. PullRequest()]),
    };

    private static IEnumerable<AgentEvent> PullRequest()
    {
        yield return Says("Looking around.");
        yield return Uses("tu-1", """{"cmd":"git status"}""");
        yield return Answers("tu-1", "clean");
        yield return Says("WORK_RESULT:passed");
        yield return Success("Opened stub://pr/123", 10, 5, 0.001, 1);
    }

    private IEnumerable<AgentEvent> SlowTool()
    {
        yield return Uses("tu-slow", """{"cmd":"sleep 5"}""");
        for (var second = 1; second <= (request.Configuration.Number("stub.progressTicks") ?? DefaultTicks); second++)
            yield return new ToolProgressEvent { ToolName = "Bash", ElapsedSeconds = second };
        yield return Answers("tu-slow", "done");
        yield return Success("Slow, but done.");
    }

    // As fast as its reader: nothing is prepared, nothing waited for.
    private async IAsyncEnumerable<AgentEvent> Flood([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var count = request.Configuration.Number("stub.count") ?? DefaultCount;
        for (var number = 1; number <= count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Says(number.ToString(CultureInfo.InvariantCulture));
        }

        yield return Success("Flooded.");
    }

    private static async IAsyncEnumerable<AgentEvent> Hang([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        yield break;
    }

    private async IAsyncEnumerable<AgentEvent> Inject([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Says($"injected: {await inbox.ReadAsync(cancellationToken)}");
        yield return Success("Heard.");
    }

    private async IAsyncEnumerable<AgentEvent> Continue([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Says($"continued: {await inbox.ReadAsync(cancellationToken)}");
        yield return Success("Continued.");
    }

    private async IAsyncEnumerable<AgentEvent> Commit([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Uses("tu-commit", """{"cmd":"git commit"}""");
        await File.WriteAllTextAsync(Path.Combine(request.WorkingDirectory, "stub.txt"), "written by the stub\n", cancellationToken);
        var (commit, failure) = await _commands.Commit("Add stub.txt", cancellationToken);
        if (failure is not null)
        {
            yield return new ErrorEvent { Message = $"the stub could not commit: {failure}", Code = "provider_crash", Fatal = true };
            yield break;
        }

        yield return Answers("tu-commit", commit);
        yield return Says("WORK_RESULT:passed");
        yield return Success("Committed stub.txt.");
    }

    private async IAsyncEnumerable<AgentEvent> Dirty([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ToolUseEvent
        {
            ToolName = "Write",
            ToolUseId = "tu-write",
            Input = new JsonText("""{"file_path":"stub.txt"}"""),
            ToolCategory = ToolCategories.Of("Write"),
        };
        await File.WriteAllTextAsync(Path.Combine(request.WorkingDirectory, "stub.txt"), "written by the stub\n", cancellationToken);
        yield return new ToolResultEvent { ToolName = "Write", ToolUseId = "tu-write", Content = "ok" };
        yield return Success("Wrote stub.txt.");
    }

    private async IAsyncEnumerable<AgentEvent> Sleep([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(request.Configuration.Number("stub.sleepSeconds") ?? DefaultSleep), clock, cancellationToken);
        yield return Success("Slept.");
    }

    private async IAsyncEnumerable<AgentEvent> SpawnChild([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pid = _commands.SpawnChild();
        yield return Says($"child {pid.ToString(CultureInfo.InvariantCulture)}");
        if (request.Configuration.Flag("stub.hang"))
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
        yield return Success("Left a child behind.");
    }

    private async IAsyncEnumerable<AgentEvent> Script([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (request.Configuration.Value("stub.events") is not { ValueKind: JsonValueKind.Array } events)
            yield break;
        foreach (var (entry, index) in events.EnumerateArray().Select(static (entry, index) => (entry, index)))
        {
            if (ForeignJson.Number(entry, "delayMs") is > 0 and <= int.MaxValue and var milliseconds)
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, cancellationToken);
            var happening = Read(entry);
            yield return happening switch
            {
                null => new ErrorEvent { Message = string.Create(CultureInfo.InvariantCulture, $"stub.events[{index}] is no event"), Code = "provider_crash", Fatal = true },
                InitEvent { SessionId.Length: 0 } init => init with { SessionId = sessionId },
                _ => happening,
            };
            if (happening is null)
                yield break;
        }
    }

    private static AgentEvent? Read(JsonElement entry)
    {
        try
        {
            return entry.Deserialize(ControlApiJson.Default.AgentEvent);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static async IAsyncEnumerable<AgentEvent> At(params AgentEvent[] events)
    {
        foreach (var happening in events)
        {
            await Task.Yield();
            yield return happening;
        }
    }

    private static AssistantTextEvent Says(string text) => new() { Text = text };

    private static ToolUseEvent Uses(string id, string input) =>
        new() { ToolName = "Bash", ToolUseId = id, Input = new JsonText(input), ToolCategory = ToolCategories.Of("Bash") };

    private static ToolResultEvent Answers(string id, string content) => new() { ToolName = "Bash", ToolUseId = id, Content = content };

    private static ResultEvent Success(string message) => new() { Success = true, Message = message };

    private static ResultEvent Success(string message, long input, long output, double usd, int turns) => new()
    {
        Success = true,
        Message = message,
        Cost = new AgentCost { InputTokens = input, OutputTokens = output, TotalCostUsd = usd, NumTurns = turns },
    };
}
