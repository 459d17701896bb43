using System.Text;
using Donmai.Core.Daemon.Updates;
using Donmai.Daemon;

namespace Donmai.Core.Tests.Daemon.Updates;

public sealed class Installing_a_release
{
    [Fact]
    public async Task A_newer_signed_release_takes_the_place_of_the_program_and_the_former_one_is_kept()
    {
        await using var bed = new UpdateBed();
        var link = Path.Join(bed.Root, "donmai-link");
        File.CreateSymbolicLink(link, bed.ProgramPath);
        bed.Installed = new ProgramFile(link);
        var verifier = new TestVerifier();
        bed.Verifier = verifier;

        var outcome = await bed.Update();

        (outcome.Updated, outcome.Version, outcome.Reason).ShouldBe((true, UpdateBed.Next, "update-applied"));
        outcome.FinishedAt.ShouldBe(bed.Clock.GetUtcNow());
        File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Next));
        File.GetUnixFileMode(bed.ProgramPath).ShouldBe((UnixFileMode)0b111_101_101);
        File.ReadAllText(bed.ProgramPath + ".prev").ShouldBe(UpdateBed.Program(UpdateBed.Current));
        File.ResolveLinkTarget(link, returnFinalTarget: true)!.FullName.ShouldBe(bed.ProgramPath);
        Directory.GetFileSystemEntries(Path.GetDirectoryName(bed.ProgramPath)!).Order().ShouldBe([bed.ProgramPath, bed.ProgramPath + ".prev"]);
        bed.Drains.ShouldBe(1);
        verifier.Asked.ShouldHaveSingleItem().ShouldBe((UpdateBed.Hash(Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next))), TestVerifier.Trusted));
    }

    [Fact, Trait("spec", "DR-50")]
    public async Task Three_files_are_fetched_in_the_name_of_the_running_version()
    {
        await using var bed = new UpdateBed();
        bed.Configure(static update => update with { Channel = "beta" });
        bed.Offer("v1.1.0", Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next)), "beta");

        (await bed.Update()).Version.ShouldBe("v1.1.0");

        var artifact = bed.ArtifactPath("v1.1.0", "beta");
        bed.Source.Paths.ShouldBe(["/cdn/beta/latest.json", artifact, artifact + ".sig"]);
        bed.Source.Requests.ShouldAllBe(static head => head.Contains("User-Agent: donmai-daemon/1.0.0\r\n"));
    }

    [Theory, Trait("spec", "DR-53")]
    [InlineData("1.0.0")]
    [InlineData("v1.0.0")]
    [InlineData("0.9.9")]
    [InlineData("1.0.0-rc.9")]
    public async Task Nothing_is_fetched_and_no_session_drained_when_there_is_nothing_newer(string offered)
    {
        await using var bed = new UpdateBed();
        bed.Offer(offered, Encoding.UTF8.GetBytes(UpdateBed.Program(offered)));

        var outcome = await bed.Update();

        (outcome.Updated, outcome.Version, outcome.Reason).ShouldBe((false, UpdateBed.Current, "already-up-to-date"));
        bed.Source.Paths.ShouldBe(["/cdn/stable/latest.json"]);
        bed.ShouldBeUntouched();
    }

    [Fact, Trait("spec", "DR-53")]
    public async Task Sessions_are_drained_last_when_all_else_is_certain()
    {
        await using var bed = new UpdateBed();
        IReadOnlyList<string> before = [];

        var outcome = await bed.Updater().Run(
            _ =>
            {
                before = bed.Source.Paths;
                File.ReadAllText(bed.ProgramPath).ShouldBe(UpdateBed.Program(UpdateBed.Current));
                bed.Clock.Advance(TimeSpan.FromHours(2)); // however long it takes
                return Task.CompletedTask;
            },
            CancellationToken.None);

        outcome.Reason.ShouldBe("update-applied");
        before.Count.ShouldBe(3);
    }

    [Fact]
    public async Task How_far_it_is_can_be_seen()
    {
        var verifier = new TestVerifier { IsSlow = true };
        await using var bed = new UpdateBed { Verifier = verifier };
        using var giveUp = new CancellationTokenSource();
        var update = bed.Update(giveUp.Token);
        await verifier.Waiting.Task.WaitAsync(TimeSpan.FromSeconds(20));
        bed.Progress.Current.ShouldBe(new UpdateStep { Phase = "verifying", Version = UpdateBed.Next });
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(update);
        bed.Progress.Current.ShouldBeNull();

        bed.Verifier = new TestVerifier();
        UpdateStep? whileDraining = null;
        await bed.Updater().Run(
            _ =>
            {
                whileDraining = bed.Progress.Current;
                return Task.CompletedTask;
            },
            CancellationToken.None);
        whileDraining.ShouldBe(new UpdateStep { Phase = "draining", Version = UpdateBed.Next });
        bed.Progress.Current.ShouldBeNull();
    }

    [Fact]
    public async Task Sessions_that_cannot_be_drained_keep_the_running_version()
    {
        await using var bed = new UpdateBed();

        var outcome = await bed.Updater().Run(static _ => throw new InvalidOperationException("it stops"), CancellationToken.None);

        outcome.Reason.ShouldBe("swap-failed: the sessions could not be drained: it stops");
        bed.ShouldBeUntouched();
    }

    [Fact]
    public async Task A_release_for_many_systems_says_the_hash_of_each_file()
    {
        await using var bed = new UpdateBed();
        var file = Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next));
        bed.Source.Answer("/cdn/stable/latest.json", $$"""{"version":"1.1.0","sha256":"{{new string('0', 64)}}","files":{"{{bed.FileName}}":"{{UpdateBed.Hash(file)}}"} }""");

        (await bed.Update()).Updated.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_the_pinned_version_is_installed_also_an_older_one()
    {
        await using var bed = new UpdateBed();
        var old = Encoding.UTF8.GetBytes(UpdateBed.Program("0.8.0"));
        bed.Publish("0.8.0", old);
        bed.Source.Answer("/cdn/stable/0.8.0/manifest.json", UpdateBed.Manifest("0.8.0", old));
        bed.Configure(static update => update with { Pin = "0.8.0" });

        var outcome = await bed.Update();

        (outcome.Updated, outcome.Version, outcome.Reason).ShouldBe((true, "0.8.0", "update-applied"));
        bed.Version = "0.8.0";
        (await bed.Update()).Reason.ShouldBe("already-up-to-date");
    }

    [Fact]
    public async Task A_pinned_version_that_is_the_newest_needs_no_manifest_of_its_own()
    {
        await using var bed = new UpdateBed();
        bed.Configure(static update => update with { Pin = "v1.1.0" });

        (await bed.Update()).Version.ShouldBe("1.1.0");
    }

    [Fact]
    public async Task A_manifest_that_has_not_changed_is_not_sent_again()
    {
        await using var bed = new UpdateBed { Verifier = new RefusingVerifier() };
        var file = Encoding.UTF8.GetBytes(UpdateBed.Program(UpdateBed.Next));
        bed.Source.Answer("/cdn/stable/latest.json", new SourceAnswer { Tag = "\"a1\"", Body = Encoding.UTF8.GetBytes(UpdateBed.Manifest(UpdateBed.Next, file)) });
        var updater = bed.Updater();

        (await updater.Run(bed.Drain, CancellationToken.None)).Reason.ShouldStartWith("sig-rejected");
        (await updater.Run(bed.Drain, CancellationToken.None)).Reason.ShouldStartWith("sig-rejected"); // tried again, although it is the same manifest

        bed.Source.Requests.Where(static head => head.Contains("latest.json")).Select(static head => head.Contains("If-None-Match: \"a1\"")).ShouldBe([false, true]);
    }

    [Fact]
    public async Task An_update_that_is_given_up_leaves_nothing_behind()
    {
        await using var bed = new UpdateBed();
        var silent = new SourceAnswer { IsSilent = true };
        bed.Source.Answer(bed.ArtifactPath(UpdateBed.Next) + ".sig", silent);
        using var giveUp = new CancellationTokenSource();
        var update = bed.Update(giveUp.Token);
        await silent.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await giveUp.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(update);
        bed.ShouldBeUntouched();
    }
}
