namespace Penstock.Connectors.Http;

/// <summary>Where a request option goes.</summary>
public enum InjectInto
{
    /// <summary>The query.</summary>
    RequestParameter,

    /// <summary>A header.</summary>
    Header,

    /// <summary>The form that is the body.</summary>
    BodyData,

    /// <summary>The JSON object that is the body.</summary>
    BodyJson,
}
