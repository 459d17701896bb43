namespace Donmai.Engine.Tests.Calls;

public interface ITicketGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}
