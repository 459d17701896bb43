using Donmai.Core.Daemon;
using Donmai.Core.Providers;
using Donmai.Core.Sessions;

namespace Donmai.Core.Tests.Providers;

public sealed class Knowing_the_runtimes : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("donmai-path-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Claude_is_available_when_it_is_an_executable_on_the_path()
    {
        Catalog().Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable!.ShouldContain("PATH");

        Program("claude", executable: false);
        Catalog().Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable.ShouldNotBeNull();

        Program("claude", executable: true);
        Catalog().Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable.ShouldBeNull();
    }

    [Fact]
    public void A_configured_program_wins_over_the_path()
    {
        Program("claude", executable: true);
        var configuration = Configuration() with { ProviderBinaries = new Dictionary<string, string> { ["claude"] = "/nowhere/claude" } };

        Catalog(configuration).Runtimes(null).Single(static runtime => runtime.Id == "claude").Unavailable!.ShouldContain("/nowhere/claude");
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(false, "stub", true)]
    [InlineData(true, null, true)]
    public void The_stub_needs_permission_or_to_be_named(bool allowed, string? pinned, bool permitted) =>
        (Catalog(Configuration() with { AllowStub = allowed }).Runtimes(pinned).Single(static runtime => runtime.Id == "stub").Forbidden is null)
            .ShouldBe(permitted);

    [Fact]
    public void A_runtime_nobody_knows_is_a_candidate_that_is_unfit() =>
        Catalog().Runtimes("codecks").Single(static runtime => runtime.Id == "codecks").Unfit!.ShouldContain("claude and stub");

    [Theory, Trait("spec", "RT-17")]
    [InlineData(null, "stub")]
    [InlineData("codex", "codex")]
    public void A_foreign_worker_brings_its_own_runtime(string? pinned, string runtime) =>
        Catalog(ownWorker: false).Runtimes(pinned).ShouldHaveSingleItem().Id.ShouldBe(runtime);

    private ProviderCatalog Catalog(DaemonConfiguration? configuration = null, bool ownWorker = true) => new(
        new ConfigurationInForce(configuration ?? Configuration()),
        new WorkerCommand(["/bin/true"], ownWorker),
        $"relative{Path.PathSeparator}{_directory.FullName}");

    private static DaemonConfiguration Configuration() => new() { MachineId = "m", ArchiveRoot = "/a" };

    private void Program(string name, bool executable)
    {
        var path = Path.Combine(_directory.FullName, name);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, executable ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
