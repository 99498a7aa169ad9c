"""Small files in the form of the open data."""

COUNCILS = "council_code,council_name,lat,lon\nE99000001,Marlshire,54.4,0.6\nE99000002,Southern,50.9,-1.4\n"
DISTRICTS = """lad_code,lad_name,country,social_care_council_code,social_care_council_name
E99000001,Marlshire,England,E99000001,Marlshire
E07999001,"Farley, Borough of",England,E99000002,Southern
S12999001,Glenmarl,Scotland,S12999001,Glenmarl
"""
POSTCODES = """postcode,lat,lon,lad_code
ZZ1 1BD,54.4,0.60,E99000001
ZZ1 1HJ,54.2,0.62,E99000001
ZZ1 2AB,54.3,0.64,E99000001
ZZ2 1AA,50.9,-1.40,E07999001
ZZ2 1AB,50.9,-1.40,E99000001
"""
HEADING = (
    "practice_code,name,address,postcode,phone,open_date,pcn_code_2023,pcn_name_2023,council_code,council_name,"
    "lat,lon,list_size,patients_65plus"
)
PRACTICES = f"""{HEADING}
Z99001,BECK LANE SURGERY,"BECK LANE, MARLBURY",ZZ1 1BD,01632 960801,,U99901,CENTRAL PCN,E99000001,Marlshire,54.4,0.6,11240,2310
Z99002,THE TANNER ROW MEDICAL CENTRE,"3 TANNER ROW, MARLBURY",ZZ1 1HJ,01632 960802,,,,E99000001,Marlshire,54.2,0.62,,
Z99003,ST ALDHELM'S SURGERY,FARLEY,ZZ2 1AA,,,,,E99000002,Southern,,,,
"""
