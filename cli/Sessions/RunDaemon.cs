using Donmai.Cli.Daemon;
using Donmai.Client;
using Donmai.Core.Daemon;
using Donmai.Silo.Daemon;

namespace Donmai.Cli.Sessions;

/// <summary>The daemon a run uses: the one that runs, or one that lives as long as the command.</summary>
internal sealed class RunDaemon : IAsyncDisposable
{
    private const string StubProvider = "stub";
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);
    private static readonly string[] AddressVariables = ["DONMAI_DAEMON_URL", "RENSEI_DAEMON_URL"];

    private readonly DaemonHost? _hosted;

    private RunDaemon(DonmaiClient client, DaemonHost? hosted)
    {
        Client = client;
        _hosted = hosted;
    }

    /// <summary>Its control API.</summary>
    public DonmaiClient Client { get; }

    /// <summary>Whether the daemon lives only as long as the command.</summary>
    public bool IsHosted => _hosted is not null;

    /// <summary>
    /// The daemon at <paramref name="url"/> or at the address of the environment when either is given; otherwise the one that holds the
    /// user's state directory, the one at the usual address, or a hosted one.
    /// </summary>
    public static async Task<RunDaemon> For(string? url, RunRequest request, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(url) || AddressVariables.Any(static name => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(name))))
        {
            var named = new RunDaemon(new DonmaiClient(url), hosted: null);
            await named.Client.Status(cancellationToken);
            return named;
        }

        var socket = DaemonSetup.StateOf(stateDirectory: null).Socket;
        string[] places = File.Exists(socket) ? [ControlEndpoint.SocketScheme + socket, ControlEndpoint.Default] : [ControlEndpoint.Default];
        foreach (var place in places)
            if (await Answers(place, cancellationToken))
                return new RunDaemon(new DonmaiClient(place), hosted: null);
        return await Host(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_hosted is not null)
            await _hosted.Stop();
    }

    // The status, not the health: a daemon of another user is healthy as well, but not for us.
    private static async Task<bool> Answers(string place, CancellationToken cancellationToken)
    {
        using var probe = new DonmaiClient(new DonmaiClientOptions { Address = place, RequestTimeout = ProbeTimeout });
        try
        {
            await probe.Status(cancellationToken);
            return true;
        }
        catch (DonmaiClientException)
        {
            return false;
        }
    }

    private static async Task<RunDaemon> Host(RunRequest request, CancellationToken cancellationToken)
    {
        var setup = DaemonSetup.Read(stateDirectory: null, configurationPath: null);
        var hosted = await DaemonHost.Start(
            new DaemonHostOptions
            {
                State = setup.State,
                Configuration = new ConfigurationInForce(Allowing(setup.Configuration, request)),
                Logging = DaemonLog.OnlyTrouble,
            },
            cancellationToken);
        return new RunDaemon(new DonmaiClient(hosted.Address.ToString()), hosted);
    }

    /// <summary>The configuration, with the repository of the request allowed and the stub as well when it is asked for.</summary>
    internal static DaemonConfiguration Allowing(DaemonConfiguration configuration, RunRequest request)
    {
        var repository = request.Repository.Address;
        var projects = configuration.Projects;
        if (new ProjectAllowlist(projects).Match(repository) is null)
            projects = [.. projects, new ProjectConfiguration { Id = FreeId(projects, repository), Repository = repository }];
        return configuration with
        {
            Projects = projects,
            AllowStub = configuration.AllowStub || request.Provider == StubProvider,
            MaxConcurrentSessions = Math.Max(1, configuration.MaxConcurrentSessions),
        };
    }

    private static string FreeId(IReadOnlyList<ProjectConfiguration> projects, string repository)
    {
        var name = repository.TrimEnd('/').Split('/', ':')[^1];
        var slug = name.EndsWith(".git", StringComparison.Ordinal) ? name[..^".git".Length] : name;
        var id = slug.Length == 0 ? "repository" : slug;
        for (var i = 2; projects.Any(project => project.Id == id); i++)
            id = $"{slug}-{i}";
        return id;
    }
}
