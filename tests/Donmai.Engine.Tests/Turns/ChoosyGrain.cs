using Donmai.Engine.Tests.Cluster;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Donmai.Engine.Tests.Turns;

[MayInterleave(nameof(IsPolite))]
internal sealed class ChoosyGrain(Witness witness) : Grain, IChoosyGrain
{
    public static bool IsPolite(IInvokable request) => request.GetMethodName() == nameof(Note) && request.GetArgument(0) is "please";

    public Task Wait(string gate) => witness.Pass(gate);

    public Task Note(string what)
    {
        witness.Report(this.GetPrimaryKeyString(), what);
        return Task.CompletedTask;
    }
}
