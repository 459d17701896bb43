using System.Security.Cryptography;
using System.Text;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Updates;
using Donmai.Silo.Daemon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Donmai.Silo.Tests.Daemon;

/// <summary>A daemon of version 1.0.0 whose program is a file of the test, and a web server that offers 1.1.0, signed by whom it trusts.</summary>
internal sealed class UpdateSite : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly WebApplication _releases;

    private UpdateSite(WebApplication releases)
    {
        _releases = releases;
        Directory.CreateDirectory(Path.GetDirectoryName(ProgramPath)!);
        File.WriteAllText(ProgramPath, Program("1.0.0"));
        Options = new DaemonHostOptions
        {
            State = new StateDirectory(Path.Join(_directory.Path, "state")),
            Configuration = new FixedConfiguration(new DaemonConfiguration
            {
                MachineId = "box",
                Projects = [new ProjectConfiguration { Id = "shop", Repository = RunningDaemon.Repository }],
                ArchiveRoot = Path.Join(_directory.Path, "state", "workareas"),
                Update = new UpdateConfiguration { Url = new Uri(releases.Urls.Single()), Schedule = "manual" },
            }),
            Worker = WorkerCommands.Shell("sleep 600"),
            Version = "1.0.0",
            InstalledProgram = InstalledPrograms.File(ProgramPath),
            Services = static services => services.AddSingleton<IArtifactVerifier, OwnSigner>(),
        };
    }

    public string ProgramPath => Path.Join(_directory.Path, "bin", "donmai");

    public DaemonHostOptions Options { get; }

    public string Installed => File.ReadAllText(ProgramPath);

    public static string Program(string version) => $"#!/bin/sh\necho donmai {version}\n";

    public static async Task<UpdateSite> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var releases = builder.Build();
        var program = Encoding.UTF8.GetBytes(Program("1.1.0"));
        var artifact = $"/stable/1.1.0/{ReleaseAddresses.FileNameHere()}";
        releases.MapGet("/stable/latest.json", () => Results.Json(new Dictionary<string, string>
        {
            ["version"] = "1.1.0",
            ["sha256"] = Convert.ToHexString(SHA256.HashData(program)),
        }));
        releases.MapGet(artifact, () => Results.Bytes(program));
        releases.MapGet(artifact + ".sig", () => Results.Text(OwnSigner.Signature));
        await releases.StartAsync();
        return new UpdateSite(releases);
    }

    public async ValueTask DisposeAsync()
    {
        await _releases.DisposeAsync();
        _directory.Dispose();
    }

    private sealed class OwnSigner : IArtifactVerifier
    {
        public const string Signature = "ours";

        public ValueTask<ArtifactVerdict> Verify(string sha256, string signature, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new ArtifactVerdict(signature == Signature, "test"));
    }
}
