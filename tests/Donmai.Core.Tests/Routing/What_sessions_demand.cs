using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Routing;
using Donmai.Routing;
using Donmai.Sessions;

namespace Donmai.Core.Tests.Routing;

/// <summary>Demands of a session against what a sandbox declares (routing.md §6.1 phase 1).</summary>
public sealed class What_sessions_demand : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-demands-");

    public static TheoryData<SessionResources, int, string?> Demands => new()
    {
        { new SessionResources(), 0, null },
        { new SessionResources { Os = "linux", Arch = "arm64", Region = "eu", VCpu = 4, MemoryMb = 8192, Tools = ["git", "dotnet"] }, 3600, null },
        { new SessionResources { Os = "macos" }, 0, "session requested os macos, local is linux" },
        { new SessionResources { Arch = "x86_64" }, 0, "session requested arch x86_64, local is arm64" },
        { new SessionResources { Region = "us" }, 0, "session requested region us, local is eu" },
        { new SessionResources { VCpu = 5 }, 0, "session requested 5 vCPU, local offers 4" },
        { new SessionResources { MemoryMb = 9000 }, 0, "session requested 9000 MiB of memory, local offers 8192" },
        { new SessionResources(), 3601, "session requested 3601 seconds, local offers 3600" },
        { new SessionResources { Tools = ["git", "cargo"] }, 0, "session requested cargo, local has not got it" },
        { new SessionResources { Tools = ["mvn", "cargo"] }, 0, "session requested mvn, cargo, local has not got them" },
    };

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory, MemberData(nameof(Demands))]
    public void A_sandbox_is_taken_only_if_it_has_everything(SessionResources wanted, int seconds, string? objection)
    {
        var decision = new RoutingPipeline(new Random(1)).Decide(
            new RoutingDemand
            {
                Request = new RoutingRequest { Resources = wanted, MaxDurationSeconds = seconds },
                Configuration = new RoutingConfiguration(),
                Sandboxes =
                [
                    new RoutingCandidate
                    {
                        Id = "local",
                        Capabilities = new Dictionary<string, string>
                        {
                            ["os"] = "linux", ["arch"] = "arm64", ["region"] = "eu", ["vCpu"] = "4", ["memoryMb"] = "8192", ["maxDurationSeconds"] = "3600", ["tools"] = "dotnet,git",
                        },
                    },
                ],
                Runtimes = [new RoutingCandidate { Id = "claude" }],
                Experience = RoutingExperience.None,
            },
            default).Decision;

        decision.RejectedCandidates?.ShouldHaveSingleItem().Detail.ShouldBe(objection);
        decision.ChosenSandbox.ShouldBe(objection is null ? "local" : "");
    }

    [Fact]
    public void This_machine_declares_the_programs_that_are_on_its_path()
    {
        var program = Path.Combine(_directory.FullName, "there");
        File.WriteAllText(program, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var host = new HostEnvironment(new Dictionary<string, string> { ["PATH"] = _directory.FullName });
        var configuration = new DaemonConfiguration { MachineId = "box", ArchiveRoot = _directory.FullName };

        LocalSandbox.Candidate(configuration, host, ["gone", "there"]).Capabilities["tools"].ShouldBe("there");
        LocalSandbox.Candidate(configuration, host, tools: null).Capabilities.ContainsKey("tools").ShouldBeFalse();
        LocalSandbox.Candidate(configuration, host, tools: null).Capabilities.ContainsKey("maxDurationSeconds").ShouldBeFalse();
    }
}
