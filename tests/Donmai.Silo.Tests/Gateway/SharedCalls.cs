using Donmai.Silo.Gateway;

namespace Donmai.Silo.Tests.Gateway;

/// <summary>One call for many, and no answer older than its question.</summary>
public sealed class SharedCalls
{
    private readonly List<TaskCompletionSource<int>> _calls = [];
    private readonly SharedCall<int> _shared;

    public SharedCalls() => _shared = new SharedCall<int>(Begin);

    [Fact]
    public async Task Who_comes_while_a_call_is_under_way_shares_the_next_one()
    {
        var first = _shared.Ask();
        var second = _shared.Ask();
        var third = _shared.Ask();

        _calls.Count.ShouldBe(1);
        _calls[0].SetResult(1);
        (await first).ShouldBe(1);
        second.IsCompleted.ShouldBeFalse();
        await Begun(2);
        _calls[1].SetResult(2);
        (await second).ShouldBe(2);
        (await third).ShouldBe(2);
        _calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_that_failed_fails_only_those_who_shared_it()
    {
        var first = _shared.Ask();
        var second = _shared.Ask();

        _calls[0].SetException(new TimeoutException());
        await Should.ThrowAsync<TimeoutException>(first);
        await Begun(2);
        _calls[1].SetResult(2);

        (await second).ShouldBe(2);
    }

    [Fact]
    public async Task Who_comes_alone_is_asked_for_at_once()
    {
        for (var number = 1; number <= 3; number++)
        {
            var answer = _shared.Ask();
            _calls[^1].SetResult(number);
            (await answer).ShouldBe(number);
        }

        _calls.Count.ShouldBe(3);
    }

    private Task<int> Begin()
    {
        var call = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_calls)
            _calls.Add(call);
        return call.Task;
    }

    private async Task Begun(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            lock (_calls)
            {
                if (_calls.Count >= count)
                    return;
            }

            await Task.Delay(1, limit.Token);
        }
    }
}
