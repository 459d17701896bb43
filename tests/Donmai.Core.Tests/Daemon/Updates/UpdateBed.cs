using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Core.Tests.Sessions.Processes;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Tests.Daemon.Updates;

/// <summary>A machine with an installed program, version 1.0.0, and a source of releases that offers 1.1.0.</summary>
internal sealed class UpdateBed : IAsyncDisposable
{
    public const string Current = "1.0.0";
    public const string Next = "1.1.0";

    private readonly List<ReleaseServer> _servers = [];

    public UpdateBed()
    {
        Directory.CreateDirectory(State.Root);
        Directory.CreateDirectory(Path.GetDirectoryName(ProgramPath)!);
        File.WriteAllText(ProgramPath, Program(Current));
        File.SetUnixFileMode(ProgramPath, (UnixFileMode)0b111_101_101);
        Installed = new ProgramFile(ProgramPath);
        Configuration = new ConfigurationInForce(new DaemonConfiguration
        {
            MachineId = "m",
            ArchiveRoot = State.Workareas,
            Update = new UpdateConfiguration { Url = new Uri(Source.Address, "cdn/") },
        });
        Offer(Next, Encoding.UTF8.GetBytes(Program(Next)));
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("donmai-updates-").FullName;

    public string ProgramPath => Path.Join(Root, "bin", "donmai");

    public StateDirectory State => new(Path.Join(Root, "state"));

    public ReleaseSource Source { get; } = new();

    public SteppedClock Clock { get; } = new(new DateTimeOffset(2026, 5, 14, 12, 0, 0, TimeSpan.Zero));

    public UpdateProgress Progress { get; } = new();

    public LoggedLines Log { get; } = new();

    public ConfigurationInForce Configuration { get; }

    public IInstalledProgram Installed { get; set; }

    public IArtifactVerifier Verifier { get; set; } = new TestVerifier();

    public string Version { get; set; } = Current;

    /// <summary>How often the sessions were drained.</summary>
    public int Drains { get; private set; }

    public UpdateRecord Record => new(State, Installed, Clock, new Logger<UpdateRecord>(Log));

    public string FileName => ReleaseAddresses.FileNameHere() + Installed.ArtifactSuffix;

    /// <summary>A program that says its version, as a shell script.</summary>
    public static string Program(string version) => $"#!/bin/sh\necho 'donmai {version} (engine: none)'\n";

    public static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    public string ArtifactPath(string version, string channel = "stable") => $"/cdn/{channel}/{version}/{FileName}";

    /// <summary>Publishes a version as the newest.</summary>
    public void Offer(string version, byte[] file, string channel = "stable")
    {
        Source.Answer($"/cdn/{channel}/latest.json", Manifest(version, file));
        Publish(version, file, channel);
    }

    /// <summary>Publishes a version without naming it the newest.</summary>
    public void Publish(string version, byte[] file, string channel = "stable")
    {
        Source.Answer(ArtifactPath(version, channel), new SourceAnswer { Body = file });
        Source.Answer(ArtifactPath(version, channel) + ".sig", $"\n {TestVerifier.Trusted}\n");
    }

    public static string Manifest(string version, byte[] file) =>
        $$"""{"version":"{{version}}","sha256":"{{Hash(file).ToUpperInvariant()}}","releasedAt":"2026-05-14T00:00:00Z"}""";

    public void Configure(Func<UpdateConfiguration, UpdateConfiguration> change) =>
        Configuration.Replace(Configuration.Current with { Update = change(Configuration.Current.Update) });

    public ISelfUpdate Updater()
    {
        var program = new ProgramIdentity(Version, "none");
        var server = new ReleaseServer(program, Clock);
        _servers.Add(server);
        var feed = new ReleaseFeed(server);
        var choice = new ReleaseChoice(feed, Record, Installed, program, new Logger<ReleaseChoice>(Log));
        return new SelfUpdate(
            choice, new ReleaseDelivery(feed, Verifier, Progress), Installed, new ProgramTrial(Clock), Record, Progress, program, Configuration, Clock, new Logger<SelfUpdate>(Log));
    }

    public Task<UpdateOutcome> Update(CancellationToken cancellationToken = default) => Updater().Run(Drain, cancellationToken);

    public Task Drain(CancellationToken cancellationToken)
    {
        Drains++;
        return Task.CompletedTask;
    }

    /// <summary>Nothing was installed, and nothing is left of the attempt.</summary>
    public void ShouldBeUntouched()
    {
        File.ReadAllText(ProgramPath).ShouldBe(Program(Current));
        Directory.GetFileSystemEntries(Path.GetDirectoryName(ProgramPath)!).ShouldBe([ProgramPath]);
        Drains.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        _servers.ForEach(static server => server.Dispose());
        Directory.Delete(Root, recursive: true);
    }
}
