namespace Donmai.FakePlatform;

/// <summary>Turns refusals into answers.</summary>
internal static class Refusals
{
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (RefusedException refusal)
        {
            await context.Refuse(refusal.Status, refusal.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
    }
}
