using System.Text.Json;
using Donmai.Silo.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Donmai.Silo.Tests.Storage;

public sealed class JournalGrainStorageTests : IDisposable
{
    private const string StateName = "session";

    private static readonly GrainId Grain = GrainId.Create("session", "ses-1");

    private readonly JournalDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_state_comes_back_whole_from_a_restart()
    {
        var written = new GrainState<StoredState>(new()
        {
            Name = "one",
            Weight = double.PositiveInfinity,
            Labels = ["a", "b"],
            Counts = new() { ["x"] = 1 },
            At = DateTimeOffset.UnixEpoch,
        });
        using (var storage = Open())
            await storage.WriteStateAsync(StateName, Grain, written);
        written.RecordExists.ShouldBeTrue();

        using var again = Open();
        var read = new GrainState<StoredState>();
        await again.ReadStateAsync(StateName, Grain, read);
        read.RecordExists.ShouldBeTrue();
        read.ETag.ShouldBe(written.ETag);
        read.State.ShouldBeEquivalentTo(written.State);
    }

    [Fact]
    public async Task A_state_that_was_never_written_is_a_new_one_without_an_ETag()
    {
        using var storage = Open();
        var read = new GrainState<StoredState>(new() { Name = "stale" }, "7") { RecordExists = true };
        await storage.ReadStateAsync(StateName, Grain, read);
        read.RecordExists.ShouldBeFalse();
        read.ETag.ShouldBeNull();
        read.State.ShouldNotBeNull().Labels.ShouldBeEmpty();

        var text = new GrainState<string>("stale");
        await storage.ReadStateAsync(StateName, Grain, text);
        text.State.ShouldBeNull();
    }

    [Fact]
    public async Task A_write_or_clear_with_an_old_ETag_is_inconsistent()
    {
        using var storage = Open();
        var mine = new GrainState<StoredState>(new() { Name = "mine" });
        await storage.WriteStateAsync(StateName, Grain, mine);
        var theirs = new GrainState<StoredState>();
        await storage.ReadStateAsync(StateName, Grain, theirs);
        theirs.State = new() { Name = "theirs" };
        await storage.WriteStateAsync(StateName, Grain, theirs);

        var refused = await Should.ThrowAsync<InconsistentStateException>(() => storage.WriteStateAsync(StateName, Grain, mine));
        refused.StoredEtag.ShouldBe(theirs.ETag);
        refused.CurrentEtag.ShouldBe(mine.ETag);
        await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync(StateName, Grain, mine));
        await Should.ThrowAsync<InconsistentStateException>(() =>
            storage.WriteStateAsync(StateName, Grain, new GrainState<StoredState>(new() { Name = "third" })));
        await Should.ThrowAsync<InconsistentStateException>(() =>
            storage.WriteStateAsync(StateName, Grain, new GrainState<StoredState>(new() { Name = "fourth" }, "an ETag of another provider")));
    }

    [Fact]
    public async Task A_cleared_state_is_gone_for_good_and_can_be_written_anew()
    {
        var state = new GrainState<StoredState>(new() { Name = "one" });
        using (var storage = Open())
        {
            await storage.ClearStateAsync(StateName, Grain, new GrainState<StoredState>());
            await storage.WriteStateAsync(StateName, Grain, state);
            await storage.ClearStateAsync(StateName, Grain, state);
            state.RecordExists.ShouldBeFalse();
            state.ETag.ShouldBeNull();
            state.State.ShouldNotBeNull().Name.ShouldBeNull();
        }

        using var again = Open();
        var read = new GrainState<StoredState>();
        await again.ReadStateAsync(StateName, Grain, read);
        read.RecordExists.ShouldBeFalse();
        state.State = new() { Name = "two" };
        await again.WriteStateAsync(StateName, Grain, state);
    }

    [Fact]
    public async Task States_of_other_names_and_grains_are_others()
    {
        using var storage = Open();
        await storage.WriteStateAsync("a", GrainId.Create("t", "b/c"), new GrainState<string>("1"));
        await storage.WriteStateAsync("a/t", GrainId.Create("b", "c"), new GrainState<string>("2"));
        var read = new GrainState<string>();
        await storage.ReadStateAsync("a", GrainId.Create("t", "b/c"), read);
        read.State.ShouldBe("1");
    }

    [Fact]
    public async Task A_required_member_that_the_stored_text_lacks_does_not_keep_the_state_from_being_read()
    {
        using var storage = Open();
        await storage.WriteStateAsync(StateName, Grain, new GrainState<Dictionary<string, string>>(new() { ["note"] = "from before" }));
        var read = new GrainState<StoredState>();
        await storage.ReadStateAsync(StateName, Grain, read);
        read.State!.Note.ShouldBe("from before");
    }

    [Fact]
    public async Task A_text_that_does_not_fit_the_state_is_an_error_that_names_the_place()
    {
        using var storage = Open();
        await storage.WriteStateAsync(StateName, Grain, new GrainState<Dictionary<string, string>>(new() { ["weight"] = "heavy" }));
        var failure = await Should.ThrowAsync<JsonException>(() => storage.ReadStateAsync(StateName, Grain, new GrainState<StoredState>()));
        failure.Message.ShouldContain("$.weight");
    }

    [Fact]
    public async Task The_provider_serves_a_grain_through_the_silo_under_the_default_name_and_survives_its_restart()
    {
        for (var run = 1; run <= 2; run++)
        {
            using var host = Silo();
            await host.StartAsync();
            var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICountingGrain>("one");
            (await grain.Count()).ShouldBe(run);
            host.Services.GetRequiredService<IGrainStorage>().ShouldBeOfType<JournalGrainStorage>();
            await host.StopAsync();
        }
    }

    [Fact]
    public async Task A_silo_whose_journal_is_in_use_does_not_start()
    {
        using var holder = _directory.Open();
        using var host = Silo();
        await Should.ThrowAsync<JournalInUseException>(() => host.StartAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative/journal")]
    public async Task A_directory_that_is_not_absolute_is_refused_at_start(string directory)
    {
        using var host = Silo(directory);
        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message.ShouldContain("absolute directory");
    }

    private JournalGrainStorage Open() => new(_directory.Open(), new StateJson([StoredStateJson.Default]));

    private IHost Silo(string? directory = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.AddJournalGrainStorageAsDefault(options => options.Directory = directory ?? _directory.Path);
        });
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
