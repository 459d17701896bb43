using System.Collections.Concurrent;
using Donmai.Engine.Tests.Cluster;

namespace Donmai.Engine.Tests.Filters;

public sealed class FilterTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _seen = new();
    private EngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.Start(
        silo =>
        {
            silo.AddIncomingGrainCallFilter(Incoming);
            silo.AddOutgoingGrainCallFilter(async context =>
            {
                Note($"silo out {context.MethodName}", context.Grain);
                await context.Invoke();
            });
        },
        client => client.AddOutgoingGrainCallFilter(async context =>
        {
            Note($"client out {context.MethodName} {context.TargetId}", context.Grain);
            await context.Invoke();
        }));

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Filters_see_the_calls_on_both_ends()
    {
        (await _cluster.Grain<IFilteredGrain>("a").Ask("b")).ShouldBe("asked");
        _seen.ShouldBe([
            "client out Ask filtered/a", "in Ask filtered/a from caller", "silo out Say", "in Say filtered/b from filtered/a"]);
    }

    [Fact]
    public async Task A_filter_can_change_arguments_and_results()
    {
        (await _cluster.Grain<IFilteredGrain>("c").Say("shout")).ShouldBe("SHOUT");
        (await _cluster.Grain<IFilteredGrain>("c").Say("replace")).ShouldBe("replaced");
        (await _cluster.Grain<IFilteredGrain>("c").Say("from the grain")).ShouldBe("from the grain's own filter");
    }

    [Fact]
    public async Task A_filter_can_refuse_and_sees_failures()
    {
        (await Should.ThrowAsync<UnauthorizedAccessException>(() => _cluster.Grain<IFilteredGrain>("d").Say("forbidden"))).Message.ShouldBe("no");
        (await Should.ThrowAsync<InvalidOperationException>(() => _cluster.Grain<IFilteredGrain>("d").Say("throw"))).Message.ShouldBe("said so");
        _seen.ShouldContain("failed said so");
    }

    private async Task Incoming(IIncomingGrainCallContext context)
    {
        if (context.Grain is not FilteredGrain)
        {
            await context.Invoke();
            return;
        }

        var source = context.SourceId is { } id && id.Type.ToString() == "filtered" ? id.ToString() : "caller";
        _seen.Enqueue($"in {context.MethodName} {context.TargetId} from {source}");
        var text = context.MethodName == nameof(IFilteredGrain.Say) ? context.Request.GetArgument(0) as string : null;
        if (text == "forbidden")
        {
            throw new UnauthorizedAccessException("no");
        }

        if (text == "shout")
        {
            context.Request.SetArgument(0, "SHOUT");
        }

        try
        {
            await context.Invoke();
        }
        catch (InvalidOperationException exception)
        {
            _seen.Enqueue($"failed {exception.Message}");
            throw;
        }

        context.InterfaceMethod.DeclaringType.ShouldBe(typeof(IFilteredGrain));
        context.ImplementationMethod.DeclaringType.ShouldBe(typeof(FilteredGrain));
        if (text == "replace")
        {
            context.Result = "replaced";
        }
    }

    private void Note(string what, object grain)
    {
        if (grain is IFilteredGrain)
        {
            _seen.Enqueue(what);
        }
    }
}
