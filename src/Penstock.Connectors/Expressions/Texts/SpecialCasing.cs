namespace Penstock.Connectors.Expressions.Texts;

/// <summary>The letters whose upper case is more than one letter (Unicode's SpecialCasing.txt, the unconditional part).</summary>
internal static class SpecialCasing
{
    private static readonly Dictionary<char, string> Uppers = new()
    {
        ['ß'] = "SS", ['ŉ'] = "ʼN", ['ǰ'] = "J\u030c", ['\u0390'] = "\u0399\u0308\u0301", ['\u03b0'] = "\u03a5\u0308\u0301",
        ['\u0587'] = "\u0535\u0552", ['\u1e96'] = "H\u0331", ['\u1e97'] = "T\u0308", ['\u1e98'] = "W\u030a", ['\u1e99'] = "Y\u030a",
        ['\u1e9a'] = "A\u02be", ['\u1f50'] = "\u03a5\u0313", ['\u1fb6'] = "\u0391\u0342", ['\u1fc6'] = "\u0397\u0342",
        ['\u1fd6'] = "\u0399\u0342", ['\u1fe4'] = "\u03a1\u0313", ['\u1fe6'] = "\u03a5\u0342", ['\u1ff6'] = "\u03a9\u0342",
        ['\ufb00'] = "FF", ['\ufb01'] = "FI", ['\ufb02'] = "FL", ['\ufb03'] = "FFI", ['\ufb04'] = "FFL", ['\ufb05'] = "ST", ['\ufb06'] = "ST",
        ['\ufb13'] = "\u0544\u0546", ['\ufb14'] = "\u0544\u0535", ['\ufb15'] = "\u0544\u053b", ['\ufb16'] = "\u054e\u0546", ['\ufb17'] = "\u0544\u053d",
    };

    public static string? Upper(char c) => Uppers.GetValueOrDefault(c);
}
