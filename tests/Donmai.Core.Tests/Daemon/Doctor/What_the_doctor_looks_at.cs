using System.Net;
using Donmai.Core.Daemon;
using Donmai.Core.Daemon.Doctor;
using Donmai.Core.Sessions;
using Donmai.Core.Workareas;

namespace Donmai.Core.Tests.Daemon.Doctor;

public sealed class What_the_doctor_looks_at : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("donmai-doctor-");

    private StateDirectory State => new(_place.FullName);

    public void Dispose() => _place.Delete(recursive: true);

    [Fact]
    public async Task Config_is_looked_at_as_it_lies_on_the_disk()
    {
        (await new ConfigCheck("/x/daemon.yaml", static _ => null).Look(CancellationToken.None)).Ok.ShouldBeTrue();
        (await new ConfigCheck("/x/daemon.yaml", static path => throw new DaemonConfigurationException(path, [new ConfigurationViolation("machine.id", 3, "machine.id is required")]))
            .Look(CancellationToken.None)).Detail.ShouldContain("line 3: machine.id is required");
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(404, true)]
    [InlineData(401, true)]
    [InlineData(503, false)]
    public async Task Any_answer_but_a_server_error_of_the_orchestrator_will_do(int status, bool ok) =>
        (await new OrchestratorCheck(Contact("https://platform.example", _ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)))).Look(CancellationToken.None))
            .Ok.ShouldBe(ok);

    [Fact]
    public async Task An_orchestrator_that_is_away_or_silent_is_told()
    {
        var away = await new OrchestratorCheck(Contact("https://platform.example", static _ => throw new HttpRequestException("Name or service not known"))).Look(CancellationToken.None);
        var silent = await new OrchestratorCheck(Contact("https://platform.example", static async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        })).Look(CancellationToken.None);

        (away.Ok, silent.Ok).ShouldBe((false, false));
        away.Detail.ShouldContain("Name or service not known");
        silent.Detail.ShouldContain("no answer within 2 seconds");
    }

    [Fact]
    public async Task Two_checks_of_a_round_ask_the_orchestrator_once()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var orchestrator = new FakeOrchestrator(_ => answer.Task);
        using var contact = new OrchestratorContact(Configuration("https://platform.example"), TimeProvider.System, orchestrator);

        var round = Task.WhenAll(new OrchestratorCheck(contact).Look(CancellationToken.None), new ClockCheck(contact).Look(CancellationToken.None));
        answer.SetResult(new HttpResponseMessage(HttpStatusCode.OK));
        await round;

        orchestrator.Asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("file:///home/anna/queue")]
    public async Task Without_an_orchestrator_nobody_is_asked_and_no_token_needed(string url)
    {
        var contact = Contact(url, static _ => throw new InvalidOperationException("asked"));

        (await new OrchestratorCheck(contact).Look(CancellationToken.None)).Ok.ShouldBeTrue();
        (await new ClockCheck(contact).Look(CancellationToken.None)).Ok.ShouldBeTrue();
        (await new CredentialsCheck(Configuration(url), contact, "/nowhere").Look(CancellationToken.None)).Ok.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(20, true)]
    [InlineData(-300, false)]
    [InlineData(300, false)]
    public async Task A_clock_that_disagrees_with_the_orchestrator_is_told(int secondsAhead, bool ok)
    {
        var contact = Contact("https://platform.example", _ =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK);
            answer.Headers.Date = TimeProvider.System.GetUtcNow().AddSeconds(-secondsAhead);
            return Task.FromResult(answer);
        });

        var outcome = await new ClockCheck(contact).Look(CancellationToken.None);

        outcome.Ok.ShouldBe(ok);
        if (!ok)
            outcome.Detail.ShouldContain(secondsAhead > 0 ? "ahead of" : "behind");
    }

    [Theory]
    [InlineData(null, false, "no registration token")]
    [InlineData("rsp_live_0123456789", true, "rsp_live_…")]
    [InlineData("rsk_live_0123456789", true, "rsk_live_…")]
    [InlineData("rsk_test_0123456789", false, "does not begin with")]
    [InlineData("${TOKEN}", false, "names a variable")]
    public async Task Credentials_are_looked_at_and_never_shown(string? token, bool ok, string detail)
    {
        var outcome = await new CredentialsCheck(
            Configuration("https://platform.example", token), Contact("https://platform.example", static _ => throw new InvalidOperationException()), "/nowhere")
            .Look(CancellationToken.None);

        outcome.Ok.ShouldBe(ok);
        outcome.Detail.ShouldContain(detail);
        outcome.Detail.ShouldNotContain("0123456789");
    }

    [Fact]
    public async Task A_token_in_a_file_that_others_can_read_is_told()
    {
        var path = Path.Combine(_place.FullName, "daemon.yaml");
        await File.WriteAllTextAsync(path, "");
        var check = new CredentialsCheck(
            Configuration("", "rsp_live_1", "rsp_live_1"), Contact("", static _ => throw new InvalidOperationException()), path);

        File.SetUnixFileMode(path, Owner);
        (await check.Look(CancellationToken.None)).Ok.ShouldBeTrue();
        File.SetUnixFileMode(path, Owner | UnixFileMode.GroupRead);
        (await check.Look(CancellationToken.None)).Detail.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task A_disk_that_is_too_full_is_told()
    {
        var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a", MinFreeDiskMb = int.MaxValue });

        (await new DiskCheck(State, new WorktreeVolume(State, configuration)).Look(CancellationToken.None)).Detail.ShouldContain("capacity.minFreeDiskMb");
        (await new DiskCheck(State, new WorktreeVolume(State, Configuration(""))).Look(CancellationToken.None)).Detail.ShouldContain("GiB are free");
    }

    [Fact]
    public async Task Directories_of_kits_must_be_there_except_the_usual_one()
    {
        (await Kits(State.Kits)).Ok.ShouldBeTrue();
        (await Kits("/nowhere/kits")).Detail.ShouldContain("/nowhere/kits is not a directory");

        var file = Path.Combine(_place.FullName, "kits");
        await File.WriteAllTextAsync(file, "");
        (await Kits(file)).Ok.ShouldBeFalse();

        Task<CheckOutcome> Kits(string path) => new KitsCheck(
            new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = "/a", KitScanPaths = [path] }), State).Look(CancellationToken.None);
    }

    [Fact]
    public async Task A_place_for_archives_that_is_none_is_told()
    {
        var file = Path.Combine(_place.FullName, "archives");
        await File.WriteAllTextAsync(file, "");
        var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = Path.Combine(file, "deep") });

        (await new WorkareasCheck(configuration, State, TimeProvider.System).Look(CancellationToken.None)).Detail.ShouldContain("is not a directory");
        (await new WorkareasCheck(new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = State.Workareas }), State, TimeProvider.System).Look(CancellationToken.None))
            .Ok.ShouldBeTrue();
        Directory.GetFiles(_place.FullName, ".doctor-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Archives_that_will_be_removed_are_told_before()
    {
        for (var number = 0; number < 5; number++)
        {
            Directory.CreateDirectory(Path.Combine(State.Workareas, $"wa-{number}", "tree"));
            await File.WriteAllTextAsync(Path.Combine(State.Workareas, $"wa-{number}", "manifest.json"), $$"""{"createdAt":"2026-01-0{{number + 1}}T00:00:00Z"}""");
        }

        (await Detail(new ArchiveConfiguration { MaxCount = 3 })).ShouldContain("; the oldest 2 of 5 are beyond workarea.maxArchives or maxArchiveAgeDays");
        (await Detail(new ArchiveConfiguration { MaxAgeDays = 1 })).ShouldContain("; the oldest 5 of 5");
        (await Detail(new ArchiveConfiguration { MaxCount = 5 })).ShouldNotContain("oldest");
        Directory.GetDirectories(State.Workareas).Length.ShouldBe(5, "a look removes nothing");

        async Task<string> Detail(ArchiveConfiguration limits)
        {
            var configuration = new ConfigurationInForce(new DaemonConfiguration { MachineId = "m", ArchiveRoot = State.Workareas, Archiving = limits });
            var outcome = await new WorkareasCheck(configuration, State, TimeProvider.System).Look(CancellationToken.None);
            outcome.Ok.ShouldBeTrue();
            return outcome.Detail;
        }
    }

    [Theory]
    [InlineData("/bin/sh", true)]
    [InlineData("/nowhere/donmai", false)]
    public async Task A_worker_that_is_gone_is_told(string program, bool ok) =>
        (await new WorkerCheck(new WorkerCommand([program, "agent", "run"], IsOwnWorker: true), new HostEnvironment(new Dictionary<string, string>())).Look(CancellationToken.None))
            .Ok.ShouldBe(ok);

    [Fact]
    public async Task A_port_that_somebody_has_is_told()
    {
        using var other = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        other.Start();

        (await new PortCheck(((IPEndPoint)other.LocalEndpoint).Port).Look(CancellationToken.None)).Ok.ShouldBeFalse();
        (await new PortCheck(0).Look(CancellationToken.None)).Ok.ShouldBeTrue();
    }

    private static OrchestratorContact Contact(string url, Func<CancellationToken, Task<HttpResponseMessage>> answer) =>
        new(Configuration(url), TimeProvider.System, new FakeOrchestrator(answer));

    private static ConfigurationInForce Configuration(string url, string? token = null, string? text = null) => new(new DaemonConfiguration
    {
        MachineId = "m",
        ArchiveRoot = "/a",
        OrchestratorUrl = url,
        AuthToken = token,
        AuthTokenText = text,
    });
}
