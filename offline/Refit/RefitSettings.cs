namespace Refit;

public class RefitSettings(IHttpContentSerializer contentSerializer)
{
    public RefitSettings()
        : this(new SystemTextJsonContentSerializer())
    {
    }

    public IHttpContentSerializer ContentSerializer { get; set; } =
        contentSerializer ?? throw new ArgumentNullException(nameof(contentSerializer));
}
