using System.Text.Json;
using Donmai.Core.Sessions.Children;
using Donmai.Sessions.Events;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Codex;

/// <summary>The process <c>codex app-server</c> and the connection to it (worker.md §4.3.1).</summary>
internal sealed class CodexServer : IAsyncDisposable
{
    private static readonly string OwnVersion = typeof(CodexServer).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    private readonly AgentProcess _process;
    private readonly JsonRpcConnection _connection;
    private readonly IAgentHost _host;
    private readonly Task _reading;

    /// <summary>Starts it.</summary>
    /// <param name="start">The program.</param>
    /// <param name="host">The worker's side.</param>
    /// <param name="peer">Hears what it says by itself.</param>
    /// <param name="skipped">Told of a line that was too long to keep.</param>
    /// <param name="ended">Told, as the last thing, how it ended.</param>
    /// <exception cref="AgentStartException">The system refused; nothing runs.</exception>
    public CodexServer(ChildProcessStart start, IAgentHost host, IJsonRpcPeer peer, Action<SystemEvent> skipped, Action<ErrorEvent> ended)
    {
        _host = host;
        _process = AgentProcess.Converse(start, host);
        _connection = new JsonRpcConnection(CodexProvider.ProviderName, _process.Say, peer, host.Clock, Random.Shared);
        _reading = Read(skipped, ended);
    }

    /// <summary>What it calls itself; empty until <see cref="Greet"/>.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Shakes hands.</summary>
    /// <exception cref="JsonRpcException">It refused, or is gone.</exception>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    public async Task Greet(CancellationToken cancellationToken)
    {
        await _connection.Request(
            "initialize",
            CodexRequests.Initialize(OwnVersion),
            cancellationToken,
            answer => Version = ForeignJson.Text(answer, "userAgent") ?? "unknown");
        _host.Note($"version {Version}");
        _connection.Notify("initialized");
    }

    /// <summary>Asks it for something.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Writes the members of <c>params</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="arrived">Takes the result before anything that it said after it.</param>
    /// <exception cref="JsonRpcException">It refused, or is gone.</exception>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    public Task Ask(string method, Action<Utf8JsonWriter> parameters, CancellationToken cancellationToken, Action<JsonElement>? arrived = null) =>
        _connection.Request(method, parameters, cancellationToken, arrived);

    /// <summary>Asks it, and once more in its other spelling when it does not know the words (worker.md §4.3.6 rule 6).</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Writes the members of <c>params</c>.</param>
    /// <param name="spellOtherwise">Changes the spelling for good.</param>
    /// <param name="arrived">Takes the result before anything that it said after it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="isHarmlessTwice">Whether it may be asked again when nobody knows what became of it.</param>
    /// <exception cref="JsonRpcException">It refused, or is gone.</exception>
    /// <exception cref="TimeoutException">It did not answer.</exception>
    public async Task Ask(
        string method,
        Action<Utf8JsonWriter> parameters,
        Action spellOtherwise,
        Action<JsonElement> arrived,
        CancellationToken cancellationToken,
        bool isHarmlessTwice = false)
    {
        try
        {
            await Once();
        }
        catch (JsonRpcException refused) when (refused.Code == JsonRpcException.InvalidParameters
            || (refused.Code == JsonRpcException.InvalidRequest && refused.Message.Contains("unknown variant", StringComparison.Ordinal)))
        {
            spellOtherwise();
            await Once();
        }

        Task Once() => isHarmlessTwice
            ? _connection.RequestRepeatedly(method, parameters, cancellationToken, arrived)
            : _connection.Request(method, parameters, cancellationToken, arrived);
    }

    /// <summary>Ends it and everything it started: TERM, KILL.</summary>
    /// <param name="atOnce">Cancelled when there is no time for politeness.</param>
    public async Task<AgentStop> Stop(CancellationToken atOnce)
    {
        var stopped = await _process.Stop(cooperative: false, atOnce);
        await _reading;
        return stopped;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Stop(new CancellationToken(canceled: true));
        await _process.DisposeAsync();
    }

    private async Task Read(Action<SystemEvent> skipped, Action<ErrorEvent> ended)
    {
        await foreach (var line in _process.Lines(CancellationToken.None))
        {
            if (line.SkippedBytes > 0)
                skipped(TurnStream.Oversize(line.SkippedBytes));
            else
                _connection.Receive(line.Text);
        }

        var exit = await _process.Finish(CancellationToken.None);
        var ending = TurnStream.EndedWithoutResult("codex app-server", exit, _process.Complaints) with { Code = "app_server_crashed" };
        _connection.Close(ending.Message);
        ended(ending);
    }
}
