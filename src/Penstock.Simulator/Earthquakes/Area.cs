namespace Penstock.Simulator;

/// <summary>The rectangle and the circle of a search; an event must be in both.</summary>
internal sealed class Area
{
    private const double KilometresPerDegree = 111.12;

    public double? MinLatitude { get; set; }
    public double? MaxLatitude { get; set; }
    public double? MinLongitude { get; set; }
    public double? MaxLongitude { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public double? MinRadius { get; set; }
    public double? MaxRadius { get; set; }
    public double? MinRadiusKm { get; set; }
    public double? MaxRadiusKm { get; set; }

    /// <summary>Why these parameters don't go together, in the service's words; null if they do.</summary>
    public string? Problem()
    {
        if (MinRadius is not null && MinRadiusKm is not null) return Both("minradius");
        if (MaxRadius is not null && MaxRadiusKm is not null) return Both("maxradius");
        var circle = new[] { Latitude, Longitude, MaxRadius ?? MaxRadiusKm };
        if (circle.Any(value => value is not null) && circle.Any(value => value is null))
            return "Invalid area-circle parameter combination.\nlatitude, longitude, and maxradius must all be specified for area-circle.";
        if (MinLatitude > MaxLatitude) return "minlatitude must be less than maxlatitude";
        if (MinLongitude > MaxLongitude) return "minlongitude must be less than maxlongitude";
        if ((MinLongitude < -180 && MaxLongitude is null) || (MaxLongitude > 180 && MinLongitude is null))
            return "Searches that cross dateline require both minlongitude and maxlongitude.";
        return MaxLongitude - MinLongitude > 360 ? "Searches cannot span more than 360 degrees of longitude." : null;
    }

    public bool Contains(Earthquake candidate) =>
        !(candidate.Latitude < MinLatitude) && !(candidate.Latitude > MaxLatitude)
        && (InLongitudes(candidate.Longitude) || InLongitudes(candidate.Longitude - 360) || InLongitudes(candidate.Longitude + 360))
        && InCircle(candidate);

    // A rectangle may cross the date line: its longitudes then go on beyond 180, so each event is looked for on both sides.
    private bool InLongitudes(double longitude) =>
        !(longitude < (MinLongitude ?? -180)) && !(longitude > (MaxLongitude ?? 180));

    private bool InCircle(Earthquake candidate)
    {
        if (Latitude is not { } latitude || Longitude is not { } longitude) return true;
        var a = Math.Pow(Math.Sin(Radians(candidate.Latitude - latitude) / 2), 2)
            + Math.Cos(Radians(latitude)) * Math.Cos(Radians(candidate.Latitude)) * Math.Pow(Math.Sin(Radians(candidate.Longitude - longitude) / 2), 2);
        var degrees = 2 * Math.Asin(Math.Min(1, Math.Sqrt(a))) * 180 / Math.PI;
        return degrees >= (MinRadius ?? MinRadiusKm / KilometresPerDegree ?? 0) && degrees <= (MaxRadius ?? MaxRadiusKm / KilometresPerDegree);
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static string Both(string name) =>
        $"Invalid area-circle parameter combination.\n{name} and {name}km can not both be specified.";
}
