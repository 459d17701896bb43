namespace Donmai.Engine.Tests.Calls;

[GrainType("engine-ticket")]
internal sealed class TicketGrain : Grain, ITicketGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}
