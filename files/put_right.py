"""Where the package's places are not the official ones: NCDD's list of 2024, compared code by code.

The package has MEF's list of 2025, in which some codes name another district or commune than officially. What only
spells the same name another way is not put right here.
"""

SOURCE = "NCDD 2024"

CALLED = {
    "1210": ("ជ្រោយចង្វារ", "Chraoy Chongvar"),
    "1211": ("ព្រែកព្នៅ", "Praek Pnov"),
    "1212": ("ច្បារអំពៅ", "Chbar Ampov"),
    "020407": ("ឃ្លាំងមាស", "Khlaeng Meas"),
    "020408": ("បឹងប្រាំ", "Boeung Pram"),
    "021103": ("បួរ", "Bour"),
    "021403": ("មុខរាហ៍", "Mukh Reah"),
    "021404": ("ស្តុកប្រវឹក", "Sdok Pravoek"),
    "021405": ("បាសាក់", "Basak"),
    "120901": ("ត្រពាំងក្រសាំង", "Trapeang Krasang"),
    "120906": ("សំរោងក្រោម", "Samraong Kraom"),
    "120914": ("ចោមចៅទី១", "Chaom Chau 1"),
    "120915": ("ចោមចៅទី២", "Chaom Chau 2"),
    "120916": ("ចោមចៅទី៣", "Chaom Chau 3"),
    "120917": ("កាកាបទី១", "Kakab 1"),
    "120918": ("កាកាបទី២", "Kakab 2"),
    "121001": ("ជ្រោយចង្វារ", "Chrouy Changvar"),
    "121002": ("ព្រែកលៀប", "Preaek Lieb"),
    "121003": ("ព្រែកតាសេក", "Preaek Ta Sek"),
    "121004": ("កោះដាច់", "Kaoh Dach"),
    "121005": ("បាក់ខែង", "Bak Kaeng"),
    "121101": ("ព្រែកព្នៅ", "Preaek Phnov"),
    "121102": ("ពញាពន់", "Ponhea Pon"),
    "121103": ("សំរោង", "Samraong"),
    "121104": ("គោករកា", "Kouk Roka"),
    "121105": ("ពន្សាំង", "Ponsang"),
    "121201": ("ច្បារអំពៅទី ១", "Chhbar Ampov Ti Muoy"),
    "121202": ("ច្បារអំពៅទី ២", "Chbar Ampov Ti Pir"),
    "121203": ("និរោធ", "Nirouth"),
    "121204": ("ព្រែកប្រា", "Preaek Pra"),
    "121205": ("វាលស្បូវ", "Veal Sbov"),
    "121206": ("ព្រែកឯង", "Preaek Aeng"),
    "121207": ("ក្បាលកោះ", "Kbal Kaoh"),
    "121208": ("ព្រែកថ្មី", "Preaek Thmei"),
    "141101": ("ពោធិ៍រៀង", "Pou Rieng"),
    "141102": ("ព្រែកអន្ទះ", "Preaek Anteah"),
    "141103": ("ព្រែកជ្រៃ", "Preaek Chrey"),
    "141104": ("ព្រៃកន្លោង", "Prey Kanlaong"),
    "141106": ("កំពង់ឫស្សី", "Kampong Ruessei"),
    "141107": ("ព្រែកតាសរ", "Preaek Ta Sar"),
    "180601": ("រាម", "Ream"),
    "180603": ("អូរឧកញ៉ាហេង", "Ou Oknha Heng"),
    "180604": ("បឹងតាព្រហ្ម", "Boeng Ta Prum"),
    "180605": ("អូរជ្រៅ", "Ou Chrov"),
    "250106": ("ត្រពាំងព្រីង", "Trapeang Pring"),
    "250107": ("ទឹកជ្រៅ", "Tuek Chrov"),
    "250307": ("គគីរ", "Kokir"),
    "250308": ("មេមង", "Memong"),
    "250309": ("មេមត់", "Memot"),
    "250311": ("រូង", "Rung"),
    "250313": ("ត្រមូង", "Tramung"),
    "250314": ("ទ្រៀក", "Triek"),
}
"""What these codes name officially, in Khmer and English. Nine of the communes are not in the package at all."""

UNKNOWN = frozenset(
    {
        "021106",
        "080613",
        "100409",
        "120911",
        "120912",
        "121006",
        "121007",
        "121008",
        "141105",
        "141109",
        "141110",
        "250315",
        "250316",
        "250317",
        "250318",
        "250319",
        "250320",
        "250321",
    }
)
"""Communes of the package under codes that no official commune has."""

OTHER_VILLAGES = frozenset({"0204", "0214", "1209", "1210", "1211", "1212", "1411", "1806", "2501", "2503"})
"""Districts with misnamed communes, in which the package's villages belong to other communes than their codes say."""
