using System.Reflection;

namespace Refit;

/// <summary>Makes HTTP clients out of interfaces.</summary>
public static class RestService
{
    public static T For<T>(HttpClient client) => For<T>(client, settings: null);

    public static T For<T>(HttpClient client, RefitSettings? settings)
    {
        var api = DispatchProxy.Create<T, RestProxy>();
        ((RestProxy)(object)api!).Connect(client, settings ?? new RefitSettings(), RestInterface.Of(typeof(T)));
        return api;
    }

    public static T For<T>(string hostUrl) => For<T>(hostUrl, settings: null);

    public static T For<T>(string hostUrl, RefitSettings? settings) =>
        For<T>(new HttpClient { BaseAddress = new Uri(hostUrl.TrimEnd('/')) }, settings);
}
