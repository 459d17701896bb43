using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Donmai.Core.Sessions.Children;
using Donmai.Worker.Providers.Http;
using Donmai.Worker.Providers.Processes;

namespace Donmai.Worker.Providers.Opencode;

/// <summary>An <c>opencode</c> server: one of the session's own, or one that somebody else runs (worker.md §4.5, HTTP mode).</summary>
internal sealed class OpencodeServer : IAsyncDisposable
{
    /// <summary>Variable with the password of a server.</summary>
    public const string PasswordVariable = "OPENCODE_SERVER_PASSWORD";

    private const int PasswordLength = 32;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _connection;
    private readonly AgentProcess? _process;
    private readonly Task _reading;

    private OpencodeServer(HttpClient connection, AgentProcess? process)
    {
        _connection = connection;
        _process = process;
        _reading = process is null ? Task.CompletedTask : ReadAway(process);
    }

    /// <summary>Its connection.</summary>
    public HttpClient Connection => _connection;

    /// <summary>Whether it is the session's own.</summary>
    public bool IsOwn => _process is not null;

    /// <summary>How it ended and what it complained of; <see langword="null"/> while it runs, and for one of somebody else.</summary>
    public string? Ended { get; private set; }

    /// <summary>Connects to one that somebody else runs.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="environment">The agent's environment, which may hold its password.</param>
    public static OpencodeServer At(Uri address, IReadOnlyDictionary<string, string> environment)
    {
        var connection = LocalHttp.Connect(address);
        connection.DefaultRequestHeaders.Authorization = OpencodeApi.Credentials(environment);
        return new OpencodeServer(connection, process: null);
    }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="program">Absolute path of the program.</param>
    /// <param name="request">Directory and worker's side.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AgentStartException">It could not be started, or does not answer.</exception>
    public static async Task<OpencodeServer> Start(string program, AgentRequest request, string configuration, CancellationToken cancellationToken)
    {
        var password = RandomNumberGenerator.GetHexString(PasswordLength, lowercase: true);
        var port = FreePort();
        var process = AgentProcess.Start(
            new ChildProcessStart
            {
                Program = program,
                Arguments = ["serve", "--hostname", "127.0.0.1", "--port", $"{port}"],
                Environment = new Dictionary<string, string>(request.Environment, StringComparer.Ordinal)
                {
                    [OpencodeApi.UserVariable] = OpencodeApi.UsualUser,
                    [PasswordVariable] = password,
                    [OpencodeConfiguration.Variable] = configuration,
                },
                WorkingDirectory = request.WorkingDirectory,
            },
            "",
            request.Host);
        var connection = LocalHttp.Connect(new UriBuilder("http", "127.0.0.1", port).Uri);
        connection.DefaultRequestHeaders.Authorization = OpencodeApi.Basic(OpencodeApi.UsualUser, password);
        var server = new OpencodeServer(connection, process);
        try
        {
            await server.Answers(request, cancellationToken);
            return server;
        }
        catch (Exception refused) when (refused is AgentStartException or OperationCanceledException)
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends one of the session's own.</summary>
    /// <param name="atOnce">Cancelled when there is no time for politeness.</param>
    public async Task<AgentStop> Stop(CancellationToken atOnce) => _process is null ? AgentStop.Clean : await _process.Stop(cooperative: false, atOnce);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        if (_process is null)
            return;
        await _process.Stop(cooperative: false, new CancellationToken(canceled: true));
        await _reading; // completes the process itself
        await _process.DisposeAsync();
    }

    private async Task Answers(AgentRequest request, CancellationToken cancellationToken)
    {
        var api = new OpencodeApi(_connection, request.WorkingDirectory, request.Host.Clock);
        var start = request.Host.Clock.GetTimestamp();
        while (await api.Health(cancellationToken) is null)
        {
            if (Ended is { } end)
                throw new AgentStartException(end);
            if (request.Host.Clock.GetElapsedTime(start) > ReadyWithin)
                throw new AgentStartException($"'opencode serve' did not answer within {ReadyWithin.TotalSeconds:0} s: {_process?.Complaints.Trim()}");
            await Task.Delay(Pause, request.Host.Clock, cancellationToken);
        }
    }

    // Nobody needs its output, but a full pipe would stop it.
    private async Task ReadAway(AgentProcess process)
    {
        await foreach (var line in process.Lines(CancellationToken.None))
            _ = line;
        var exit = await process.Finish(CancellationToken.None); // with what it complained of to its last word
        Ended = TurnStream.EndedWithoutResult("opencode serve", exit, process.Complaints).Message;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
